/** The ways through a visit besides its questions: where they begin, what they bar meanwhile, and their screens. */
import { DiscreetWay } from "#js/field/ways/discreet_way.js"
import { ShortWay } from "#js/field/ways/short_way.js"
import { SortingWay } from "#js/field/ways/sorting_way.js"
import { Watches } from "#js/field/ways/watches.js"

export class Ways {
  #ways

  /**
   * `on`: {goTo(place), toQuestions(), checkIn(), checkOut(), handIn(countOpen), takeBack(), trouble(), callbacks}; `clock`:
   * {language, zone}; `isDiscreet`: whether the visit is captured so; `clocks` and `makeId` are those of the phone.
   */
  constructor(parts) {
    const watches = new Watches(parts)
    const sorting = new SortingWay({ ...parts, watches })
    this.#ways = [new ShortWay(parts), new DiscreetWay({ ...parts, watches, sorting }), sorting]
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

  /** Take away what a way has put over the page. */
  leave() {
    for (const way of this.#ways) way.leave?.()
  }

  /** Put the screen of `place` up. */
  show(place) {
    this.#ways.find((way) => way.place === place).show()
  }

  /** Draw what is there now; what is being typed in stays as it is. */
  refresh(place) {
    this.#ways.find((way) => way.place === place).refresh()
  }

  /** Check in, after a way has said what it has to say first. */
  checkIn(checkIn) {
    if (!this.#ways.some((way) => way.asksBeforeCheckIn?.(checkIn))) checkIn()
  }

  /** Buttons that lead from an ordinary screen to these ways. */
  links() {
    return this.#ways.map((way) => way.link?.()).filter(Boolean)
  }
}
