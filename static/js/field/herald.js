/**
 * Tells the server what this phone holds, first on every connection, and sends again what the server lost (it was
 * restored from a backup). The office sees by it what was made and has not come yet.
 */
import { canonical } from "#js/field/canonical.js"

const STALE_MS = 5 * 60_000
const MOST_AT_ONCE = 5 // a server that lacks over and over what it confirms is not asked without a pause

export class Herald {
  #tray
  #send
  #now
  #told = null
  #toldAt = -Infinity
  #restorations = 0

  constructor({ tray, send, now = Date.now }) {
    this.#tray = tray
    this.#send = send
    this.#now = now
  }

  /**
   * Announce, where the photos are others than were announced last or that is a while ago; answers the verdict. A phone
   * that holds nothing says once who it is: another one in a known session means that its storage was cleared.
   * `asksAgain`: the server lacked what it once confirmed. That may not be all that it lacks, so the next call asks
   * again, which is due as soon as that is sent.
   */
  async announce() {
    const [did, holdings] = await Promise.all([this.#tray.device(), this.#tray.holdings()])
    const words = canonical([did, holdings.map(({ eid, photos }) => [eid, photos])])
    const isOld = holdings.length > 0 && Math.abs(this.#now() - this.#toldAt) > STALE_MS
    if (words === this.#told && !isOld) return { kind: "accepted", lacks: [], asksAgain: false }
    const verdict = await this.#send.announce(did, holdings)
    if (verdict.kind !== "accepted") return verdict
    const lacking = []
    let isRestored = false
    for (const lack of verdict.lacks) {
      const { canGo, wasSafe } = await this.#tray.restore(lack)
      if (canGo) lacking.push(lack.eid)
      isRestored ||= wasSafe
    }
    await this.#tray.compared(lacking, verdict.at)
    this.#restorations = isRestored ? this.#restorations + 1 : 0
    const asksAgain = isRestored && this.#restorations < MOST_AT_ONCE
    this.#told = asksAgain ? null : words
    this.#toldAt = this.#now()
    return { ...verdict, asksAgain }
  }
}
