/** On the list of visits: which of them can be opened without network, and one button that makes the others so. */
import { icon, make } from "#js/field/dom.js"
import { askToKeep } from "#js/field/offline/room.js"
import { cautions, reasonWords } from "#js/field/offline/telling.js"
import { t } from "#js/lib/words.js"

export class HomeReadiness {
  #cards
  #shelter
  #build
  #place

  constructor(root, shelter) {
    this.#cards = [...root.querySelectorAll("[data-visit][data-open]")]
    this.#shelter = shelter
    this.#build = root.dataset.build
    this.#place = root.querySelector("[data-ready]")
  }

  /** Mark the visits that are ready, and offer to make ready those that are not. */
  async show(trouble = null) {
    const waiting = await this.#mark()
    const warned = this.#cards.length ? await cautions() : []
    const notes = [...warned, ...(trouble ? [trouble] : [])]
    const lines = notes.map((words) => make("p", { class: "note note-bad", role: "alert" }, icon("alert-triangle"), make("span", {}, words)))
    if (waiting.length) {
      lines.push(make("button", { type: "button", class: "wide", onclick: (event) => this.#makeReady(waiting, event.target) }, icon("download"), t("Make ready for offline")))
    }
    this.#place.replaceChildren(...lines)
    this.#place.hidden = lines.length === 0
  }

  /** Those that are not ready. */
  async #mark() {
    const waiting = new Set()
    for (const card of this.#cards) {
      const { visit } = card.dataset
      card.querySelector("[data-offline]").hidden = !(await this.#shelter.isReady(visit))
      if (!(await this.#shelter.isReady(visit, this.#build))) waiting.add(visit)
    }
    return [...waiting]
  }

  async #makeReady(visits, button) {
    askToKeep()
    button.disabled = true
    try {
      for (const [place, visit] of visits.entries()) {
        button.textContent = t("Making ready %(n)s of %(all)s …", { n: place + 1, all: visits.length })
        await this.#shelter.makeReady(visit)
      }
      await this.show()
    } catch (error) {
      if (error.name !== "NotReady") throw error
      await this.show(`${t("Not ready for offline.")} ${reasonWords(error.reason)}`)
    }
  }
}
