/** What was about to be photographed, written down before the camera opens: the page may be killed meanwhile. */
import { writing } from "#js/field/database.js"

export class PendingCapture {
  #database
  #name

  constructor(database, user, eid) {
    this.#database = database
    this.#name = `capture ${user} ${eid}`
  }

  /** The camera is about to open for the question `key`. */
  begin(key) {
    return writing(this.#database, ["settings"], (transaction) =>
      transaction.objectStore("settings").put({ name: this.#name, question: key }),
    )
  }

  /** The picture arrived, or the shopper decided otherwise. */
  end() {
    return writing(this.#database, ["settings"], (transaction) => transaction.objectStore("settings").delete(this.#name))
  }

  /** The question whose photo never arrived, once; null when all is well. */
  async unfinished() {
    const found = await this.#database.transaction(["settings"], "readonly").objectStore("settings").get(this.#name)
    if (found) await this.end()
    return found?.question ?? null
  }
}
