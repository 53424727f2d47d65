/** The list "Later" among a shopper's visits: what the server's page says, brought up to date by what is on this phone. */
import { icon, make, setText } from "#js/field/dom.js"
import { dayIn, further } from "#js/field/later/asking.js"
import { adopt, followUpsOf } from "#js/field/later/shelf.js"
import { stateWords } from "#js/field/later/words.js"
import { PLACE } from "#js/field/later/place.js"
import { speakerOf } from "#js/field/wordings.js"

export class LaterList {
  #section
  #language
  #workshop
  #cards = new Map()
  #told = new Map()
  #visits = new Map()

  constructor(root, workshop) {
    this.#section = root.querySelector("[data-later]")
    this.#language = root.dataset.language
    this.#workshop = workshop
    for (const card of this.#section.querySelectorAll("[data-follow-up]")) {
      const { evaluation, followUp: key, state, round, dueOn, receipt } = card.dataset
      this.#cards.set(`${evaluation} ${key}`, card)
      this.#told.set(`${evaluation} ${key}`, { state, round: Number(round), due_on: dueOn, remark: "", receipt: receipt || null })
      const { followUps = {} } = this.#visits.get(evaluation) ?? {}
      this.#visits.set(evaluation, {
        state: card.dataset.evaluationState, round: Number(card.dataset.evaluationRound),
        followUps: { ...followUps, [key]: this.#told.get(`${evaluation} ${key}`) },
      })
    }
  }

  /** Say of each where it stands; one that the page does not have yet gets its card. */
  async show() {
    for (const one of await this.#here()) {
      const name = `${one.eid} ${one.key}`
      const news = further(this.#told.get(name), one.followUp)
      if (!this.#cards.has(name) && news.state !== "due" && news.state !== "submitted") continue
      const { handIn, receipts } = one.followUp
      const card = this.#cards.get(name) ?? this.#add(name, one)
      this.#say(card, { ...news, handIn, receipts }, one.zone)
    }
    this.#section.hidden = this.#cards.size === 0
  }

  /** The follow-ups of the visits on this phone, by their day. */
  async #here() {
    const { database, tray, user } = this.#workshop
    const found = []
    for (const kept of await tray.evaluations()) {
      const told = this.#visits.get(kept.eid)
      const evaluation = told ? await adopt(database, kept, told) : kept
      const parcel = await database.transaction(["packages"], "readonly").objectStore("packages").get([user, evaluation.visit])
      const document = parcel && JSON.parse(parcel.document)
      for (const [key, followUp] of Object.entries(await followUpsOf(database, evaluation, parcel))) {
        found.push({ eid: evaluation.eid, visit: evaluation.visit, key, followUp, document, location: parcel?.location, zone: parcel?.location.time_zone })
      }
    }
    return found.filter(({ document }) => document).sort((one, other) => (one.followUp.due_on < other.followUp.due_on ? -1 : 1))
  }

  #say(card, followUp, zone) {
    const { sign, words } = stateWords(followUp, { language: this.#language, today: dayIn(Date.now(), zone) })
    const place = card.querySelector(".visit-state")
    if (place.dataset.sign !== sign) place.replaceChildren(icon(sign), make("span"))
    place.dataset.sign = sign
    setText(place.lastElementChild, words)
    card.toggleAttribute("data-open", followUp.state === "due")
  }

  #add(name, { eid, visit, key, document, location }) {
    const question = document.touchpoints.flatMap(({ questions }) => questions).find((one) => one.key === key)
    const card = make(
      "a",
      { class: "visit-card", href: `/field/visits/${visit}#${PLACE}${key}`, "data-visit": visit, "data-evaluation": eid, "data-follow-up": key },
      make(
        "span",
        { class: "visit-words" },
        make("b", {}, speakerOf(document, this.#language)(question?.text)),
        make("span", { class: "muted" }, location.name),
        make("span", { class: "visit-state" }),
        make("span", { class: "visit-ready", "data-offline": "", hidden: true }, icon("circle-check"), this.#section.dataset.ready),
      ),
      icon("chevron-right"),
    )
    this.#cards.set(name, card)
    this.#section.querySelector("ul").append(make("li", {}, card))
    return card
  }
}
