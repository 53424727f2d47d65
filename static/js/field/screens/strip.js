/** The strip below the header: the one thing that must be known on every screen. */
import { icon, make } from "#js/field/dom.js"
import { handInWords, signedOutWords } from "#js/field/status.js"
import { t } from "#js/lib/words.js"

/** Draws into `element`; `on`: {retry(), takeBack(), dismiss(), signIn()}. */
export class Strip {
  #element
  #on
  #shown = ""

  constructor(element, on) {
    this.#element = element
    this.#on = on
  }

  /** Show the weightiest of {unsaved, signedOut, refusal, isReady, message}, or nothing; `signedOut` counts what is safe here. */
  show(state) {
    const said = saidOf(state)
    const key = said ? said.tone + said.words.join() : ""
    if (key === this.#shown) return
    this.#shown = key
    this.#element.hidden = !said
    this.#element.className = said ? `strip strip-${said.tone}` : "strip"
    this.#element.replaceChildren(...(said ? this.#parts(said) : []))
  }

  #parts({ words, icon: name, act, label }) {
    const [first, ...rest] = words
    const text = make("span", {}, `${first} `, rest.length ? make("b", {}, rest.join(" ")) : "")
    const button = act ? make("button", { type: "button", onclick: () => this.#on[act]() }, label) : null
    return [icon(name), text, button].filter(Boolean)
  }
}

function saidOf({ unsaved, signedOut, refusal, isReady, message }) {
  if (unsaved) return { tone: "bad", icon: "alert-triangle", words: [t("Not saved."), unsavedWords(unsaved)], act: "retry", label: t("Try again") }
  if (signedOut !== null) return { tone: "warn", icon: "lock", words: [signedOutWords(signedOut)], act: "signIn", label: t("Sign in") }
  if (refusal !== null) return { tone: "bad", icon: "alert-triangle", words: [t("The hand-in was not accepted."), refusal], act: "takeBack", label: t("Go on") }
  if (message) return { tone: message.tone ?? "quiet", icon: message.icon ?? "info-circle", words: [message.text], act: "dismiss", label: t("OK") }
  if (isReady) return { tone: "wait", icon: "send", words: handInWords() }
  return null
}

function unsavedWords({ isFull }) {
  if (isFull) return t("The storage of this phone is full. Free some space, then try again.")
  return t("This browser did not store it. Keep this page open and try again.")
}
