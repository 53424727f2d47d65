/** "On this phone": where everything is, item by item, and the way to send it now. */
import { icon, make } from "#js/field/dom.js"
import { openSheet } from "#js/field/screens/sheet.js"
import { HOLDING } from "#js/field/offline/shelter.js"
import { t } from "#js/lib/words.js"

/** `safety` as status.js reads it; `troubles`: questions that need attention; `on`: {sendNow(), goTo(key)}. */
export function openSafety({ safety, troubles, say, signInAddress }, on) {
  const onPhone = safety.waiting + safety.preparing + safety.drafts
  const sheet = openSheet(t("On this phone"), [
    make("ul", { class: "facts" }, fact("check", acknowledgedWords(safety.acknowledged)), fact("device-mobile", waitingWords(onPhone)), safety.attention + safety.frozen ? fact("alert-triangle", attentionWords(safety.attention + safety.frozen)) : null),
    troubles.length ? make("ul", { class: "links" }, troubles.map((question) => make("li", {}, make("button", { type: "button", onclick: () => go(question.key) }, make("span", { class: "link-words" }, say(question.text)), icon("chevron-right"))))) : null,
    make("p", { class: "muted" }, t("Everything you write is kept on this phone at once and sent as soon as there is signal. It stays here until the server has confirmed it.")),
    safety.signedOut ? make("a", { class: "wide wide-filled", href: signInAddress }, icon("login"), t("Sign in again")) : null,
    make("a", { class: "wide", href: HOLDING }, icon("device-mobile"), t("Everything on this phone")),
    onPhone && !safety.signedOut ? make("button", { type: "button", class: "wide wide-filled", onclick: send }, icon("cloud-upload"), t("Send now")) : null,
  ])
  function go(key) {
    sheet.close()
    on.goTo(key)
  }
  function send() {
    sheet.close()
    on.sendNow()
  }
}

function fact(name, words) {
  return make("li", {}, icon(name), make("span", {}, words))
}

function acknowledgedWords(n) {
  if (n === 0) return t("Nothing is on the server yet.")
  return n === 1 ? t("1 item is safe on the server.") : t("%(n)s items are safe on the server.", { n })
}

function waitingWords(n) {
  if (n === 0) return t("Nothing waits to be sent.")
  return n === 1 ? t("1 item is kept on this phone and waits to be sent.") : t("%(n)s items are kept on this phone and wait to be sent.", { n })
}

function attentionWords(n) {
  return n === 1 ? t("1 item needs attention.") : t("%(n)s items need attention.", { n })
}
