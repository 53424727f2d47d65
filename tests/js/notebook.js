/** A notebook of one visit on a phone in memory, with timers that run when the test says so. */
import { Notebook } from "#js/field/notebook.js"
import { VisitRecord } from "#js/field/visit_record.js"
import { aPhone, VISIT } from "./phone.js"

const QUESTION = { required: true, na_allowed: true, not_observed_allowed: true, explain_on: [], photos_allowed: true }
export const DOCUMENT = {
  languages: ["en"],
  touchpoints: [
    {
      key: "greeting",
      questions: [
        { ...QUESTION, key: "greeted", kind: "yes_no", explain_on: ["no"], critical: { on: ["no"], effect: "fails_visit" } },
        { ...QUESTION, key: "story", kind: "narrative", min_length: 10, max_length: 100 },
        { ...QUESTION, key: "window", kind: "photo", min_count: 1, max_count: 2 },
      ],
    },
  ],
}

/** Timers that run when the test says so. */
class Timers {
  waiting = []
  later = (act, ms) => this.waiting.push({ act, ms })
  async pass(ms) {
    const due = this.waiting.filter((timer) => timer.ms <= ms)
    this.waiting = this.waiting.filter((timer) => timer.ms > ms)
    for (const { act } of due) await act()
  }
}

export async function aNotebook(given = {}) {
  const phone = given.phone ?? (await aPhone(given))
  const visit = await VisitRecord.keep(phone.database, phone.user, { visit: VISIT, eid: VISIT, vid: "v1" })
  const timers = new Timers()
  const book = new Notebook({ document: DOCUMENT, visit, log: phone.log, shelf: phone.shelf, later: timers.later })
  await book.open()
  return { ...phone, phone, visit, timers, book }
}

/** The same phone after its page was killed: only what the database holds is left. */
export function restarted({ phone }) {
  return aNotebook({ phone })
}

export const YES = { state: "answered", value: "yes" }
export const NO = { state: "answered", value: "no" }
