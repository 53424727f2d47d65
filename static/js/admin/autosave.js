/**
 * What is typed in a form of the designer is saved as it is typed: after a pause, when a box is left, and when the page is
 * hidden. The form stays as it is; what comes back is taken in around it.
 *
 * A thing that is new gets its short name from its words, so it is saved when its box is left, never in the middle of a word.
 */

import { snapshot } from "#js/admin/carrying.js"
import { showRefusals, takeIn } from "#js/admin/taking_in.js"
import { t } from "#js/lib/words.js"

const PAUSE_MS = 1500
const LEFT_MS = 200
const AGAIN_MS = 3000

export class Autosave {
  #timers = new Map() // of each form: two may be typed in, one soon after the other
  #running = null

  /** `ask(address, options)` sends and answers a page or null; `put(page, form, sent)` shows a whole page, the answer to `form`. */
  constructor({ ask, put }) {
    this.ask = ask
    this.put = put
  }

  /** Something was typed in `form`. */
  typed(form) {
    if (isWholeOnly(form)) return
    say(form, "")
    if (!isNewborn(form)) this.#schedule(form, PAUSE_MS)
  }

  /** A box of `form` was left, or a choice was made in it. */
  left(form) {
    if (!isWholeOnly(form) && hasWords(form)) this.#schedule(form, LEFT_MS)
  }

  /** What was to be saved of `form`, or of all, is not any more. */
  forget(form = null) {
    for (const each of form ? [form] : [...this.#timers.keys()]) {
      clearTimeout(this.#timers.get(each))
      this.#timers.delete(each)
    }
  }

  /** Wait until a save that is under way has been taken in. */
  async settled() {
    while (this.#running) await this.#running
  }

  get isRunning() {
    return this.#running !== null
  }

  #schedule(form, pause) {
    this.forget(form)
    this.#timers.set(form, setTimeout(() => this.save(form), pause))
  }

  async save(form) {
    await this.settled()
    if (!form.isConnected || form.dataset.typed === undefined || isWholeOnly(form)) return
    this.forget(form)
    this.#running = this.#save(form)
    try {
      await this.#running
    } finally {
      this.#running = null
    }
  }

  async #save(form) {
    const sent = snapshot(form)
    delete form.dataset.typed
    say(form, t("Saving …"))
    const body = new URLSearchParams([...sent, ["stay", "1"]])
    const answer = await this.ask(form.action, { method: "POST", body, isQuiet: true })
    if (!answer?.page.querySelector("main#content")) return this.#tryAgain(form)
    const next = answer.page.querySelector(`form[data-keeps="${form.dataset.keeps}"]`)
    if (answer.status === 422 && next) return this.#refused(form, next)
    if (answer.ok && next && next.dataset.joined === undefined && form.isConnected) {
      takeIn(form, next, answer.page)
      if (form.dataset.typed === undefined) say(form, t("Saved"))
      return
    }
    this.put(answer.page, form, sent)
  }

  /** The connection or the server failed, which is told already: it is tried again by itself. */
  #tryAgain(form) {
    form.dataset.typed = ""
    say(form, t("Not saved yet"))
    this.#schedule(form, AGAIN_MS)
  }

  #refused(form, next) {
    form.dataset.typed = ""
    const isShown = showRefusals(form, next)
    say(form, isShown ? t("Not saved yet: see above") : t("Not saved yet: something is still missing"))
  }
}

/** Where two designers clash somebody chooses, and saves by the button. */
function isWholeOnly(form) {
  return form.dataset.clash !== undefined
}

function isNewborn(form) {
  if (form.dataset.new !== undefined) return true
  return [...form.querySelectorAll("input[type=hidden][name$='-key']")].some((key) => key.value === "")
}

/** A new question that says nothing yet is not worth a refusal. */
function hasWords(form) {
  return form.dataset.new === undefined || [...form.querySelectorAll("[name^='text-']")].some((box) => box.value.trim())
}

function say(form, words) {
  const state = form.querySelector("[data-state]")
  if (state && state.textContent !== words) state.textContent = words
}
