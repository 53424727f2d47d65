/** The ways through a visit besides its questions: where they begin, what they bar meanwhile, and their screens. */
import { ShortWay } from "#js/field/ways/short_way.js"

export class Ways {
  #ways

  /** `on`: {goTo(place), checkIn(), handIn(open), takeBack(), callbacks}; `clock`: {language, zone}. */
  constructor(parts) {
    this.#ways = [new ShortWay(parts)]
  }

  /** Whether `place` is a screen of one of these ways. */
  has(place) {
    return this.#ways.some((way) => way.place === place)
  }

  /** Where somebody who opens the visit should be, or null where no way has a claim. */
  start() {
    return this.#ways.map((way) => way.start()).find(Boolean) ?? null
  }

  /** Where `place` leads just now, or null where no way minds. */
  leads(place) {
    return this.#ways.map((way) => way.leads(place)).find(Boolean) ?? null
  }

  /** Put the screen of `place` up. */
  show(place) {
    this.#ways.find((way) => way.place === place).show()
  }

  /** Draw what is there now; what is being typed in stays as it is. */
  refresh(place) {
    this.#ways.find((way) => way.place === place).refresh()
  }

  /** Buttons that lead from an ordinary screen to these ways. */
  links() {
    return this.#ways.map((way) => way.link?.()).filter(Boolean)
  }
}
