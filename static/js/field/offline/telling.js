/** Says whether a visit can be opened without network, with a button to make it so. */
import { icon, make } from "#js/field/dom.js"
import { askToKeep, isPrivate, isPromised, littleRoom } from "#js/field/offline/room.js"
import { t } from "#js/lib/words.js"

/** Why a visit is not ready, for people. */
export function reasonWords(reason) {
  return {
    unsupported: t("This browser keeps no pages for offline use here. Keep the visit open, or use the secure address in an ordinary window."),
    full: t("The storage of this phone is full. Make room, then try again."),
    network: t("The network did not last. Try again where there is signal."),
  }[reason]
}

/** What should be known of this browser before a visit begins: a list of sentences, mostly empty. */
export async function cautions() {
  const found = []
  if (await isPrivate()) found.push(t("This looks like a private window: what you write here is gone when it is closed. Open the visit in an ordinary window."))
  const left = await littleRoom()
  if (left !== null) found.push(t("Only %(n)s MB of room are left on this phone.", { n: left }))
  return found
}

/** The lines below a briefing: `shelter` holds the visit, `place` is where they go. */
export class Readiness {
  #shelter
  #visit
  #build
  #place
  #running = null

  constructor({ shelter, visit, build, place }) {
    this.#shelter = shelter
    this.#visit = visit
    this.#build = build
    this.#place = place
  }

  /** Make the visit ready if it is not, and say how it went; callers meanwhile share the same run. */
  see({ isTap = false } = {}) {
    const asked = isTap ? askToKeep() : Promise.resolve()
    return (this.#running ??= this.#see(asked).finally(() => (this.#running = null)))
  }

  async #see(asked) {
    const warned = await cautions()
    const wasReady = await this.#shelter.isReady(this.#visit)
    if (wasReady && (await this.#shelter.isReady(this.#visit, this.#build))) return this.#say(await readyWords(asked), warned)
    if (!wasReady) this.#say({ icon: "device-mobile", text: t("Making ready for offline …") }, warned)
    try {
      await this.#shelter.makeReady(this.#visit)
      this.#say(await readyWords(asked), warned)
    } catch (error) {
      if (error.name !== "NotReady") throw error
      if (wasReady) return this.#say(await readyWords(asked), warned) // as it was put away before
      this.#say({ icon: "alert-triangle", tone: "warn", text: `${t("Not ready for offline.")} ${reasonWords(error.reason)}`, isOpen: error.reason !== "unsupported" }, warned)
    }
  }

  #say({ icon: name, tone = "quiet", text, isOpen = false }, warned) {
    const lines = [
      ...warned.map((words) => make("p", { class: "note note-bad" }, icon("alert-triangle"), make("span", {}, words))),
      make("p", { class: "ready", "data-tone": tone, role: "status" }, icon(name), make("span", {}, text)),
    ]
    if (isOpen) lines.push(make("button", { type: "button", class: "wide", onclick: () => this.see({ isTap: true }) }, t("Make ready for offline")))
    this.#place.replaceChildren(...lines)
    this.#place.hidden = false
  }
}

async function readyWords(asked) {
  await asked
  const text = t("Ready for offline")
  if (await isPromised()) return { icon: "circle-check", tone: "good", text }
  return { icon: "circle-check", tone: "good", text: `${text}. ${t("If this phone runs short of room the browser may clear it, so hand in soon.")}` }
}
