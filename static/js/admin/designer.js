/**
 * The designer without page loads: links and forms of one draft are fetched and their page put in place,
 * what was typed is saved as it is typed and before it is left, and the focus stays where it was.
 *
 * The pages work without it; here it only listens. It attaches once, to the document.
 */

import { arranges, followRow } from "#js/admin/arranging.js"
import { answerOf } from "#js/admin/asking.js"
import { Autosave } from "#js/admin/autosave.js"
import { asBrought, carryOver, changedSince, snapshot } from "#js/admin/carrying.js"
import { tellTime } from "#js/admin/saved_clock.js"
import { attachAll } from "#js/lib/attach.js"
import { t } from "#js/lib/words.js"

const OPEN = ".question.is-open"
const ROWS = "#questions .question, .lines .line"
let listening = false
let busy = null
let shown = null
const autosave = new Autosave({ ask, put: (page, form, sent) => put(page, "", { form, sent }) })

export function attach() {
  tellTime(document)
  if (listening) return
  listening = true
  document.addEventListener("click", onClick)
  document.addEventListener("submit", onSubmit)
  document.addEventListener("input", event => markTyped(event.target))
  document.addEventListener("change", event => { if (markTyped(event.target)) autosave.left(event.target.form) })
  document.addEventListener("visibilitychange", () => { if (document.hidden) typedForms().forEach(form => autosave.save(form)) })
  globalThis.addEventListener("beforeunload", event => { if (typedForms().length > 0 || autosave.isRunning) event.preventDefault() })
  document.addEventListener("keydown", onKey)
  globalThis.addEventListener("popstate", () => pageOf(location.href) !== shown && visit(location.href, { keepsAddress: true }))
  shown = pageOf(location.href)
  catchUp()
}

/** What was typed before this script was there is saved as well. */
function catchUp() {
  const boxes = [...document.querySelectorAll("form[data-keeps] input:not([type=hidden]), form[data-keeps] textarea")]
  const early = boxes.find(box => box.value !== box.defaultValue || box.checked !== box.defaultChecked)
  if (early && markTyped(early)) autosave.left(early.form)
}

function onClick(event) {
  const link = event.target.closest("a[href]")
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return
  if (!isOurs(link.href) || link.hasAttribute("download")) return
  event.preventDefault()
  if (link.dataset.leaves !== undefined) forget()
  visit(link.href)
}

async function onSubmit(event) {
  const form = event.target
  const { submitter } = event // its name and address count beside the form's
  if (!isOurs(addressOf(form, submitter))) return forget()
  event.preventDefault()
  if (form.method === "get") return visit(`${addressOf(form, submitter)}?${new URLSearchParams(new FormData(form))}`)
  autosave.forget()
  await autosave.settled()
  if (form.dataset.keeps !== undefined && !form.isConnected) return // it clashed, and stands on the page with both
  const others = typedForms().filter(unsaved => unsaved !== form && !contains(unsaved, form))
  if (others.length > 0) {
    if (!(await keepAll(others))) return
    freshen(form)
  }
  forget()
  if (await saved()) freshen(form)
  const sent = snapshot(form)
  const address = addressOf(form, submitter) // a new question has got one of its own from a save that was under way
  const isAnswered = await load(address, { method: "POST", body: bodyOf(form, submitter) })
  if (!isAnswered) return markTyped(form)
  const next = document.querySelector(`form[data-keeps="${form.dataset.keeps}"]`)
  if (/(^|:)add$/.test(submitter?.value)) carryOver(next, changedSince(form, sent))
  if (arranges(submitter?.id)) arranged(next, submitter.id)
}

/** Rows were moved or taken away: that is saved like what is typed, where the server has not kept it at once. */
function arranged(form, id) {
  followRow(id)
  if (form?.dataset.kept === undefined && form && markTyped(form)) autosave.left(form)
}

function addressOf(form, submitter) {
  return submitter?.hasAttribute("formaction") ? submitter.formAction : form.action
}

/** What a form sends: one with files in parts, any other as plain fields. */
function bodyOf(form, submitter) {
  const fields = new FormData(form, submitter)
  return form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields)
}

/** Ctrl+S saves the form that is open; Alt with an arrow moves the question or touchpoint that has the focus. */
function onKey(event) {
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) return moveByKey(event)
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return
  const form = document.activeElement?.closest("form[data-keeps]") ?? typedForms()[0]
  if (!form) return
  event.preventDefault()
  form.requestSubmit()
}

function moveByKey(event) {
  const row = document.activeElement?.closest(".question[data-key], .stop")
  const moves = row?.querySelectorAll(".question-moves button, .stop-moves button") ?? []
  if (moves.length < 2) return
  event.preventDefault()
  moves[event.key === "ArrowUp" ? 0 : 1].click()
}

async function visit(address, { keepsAddress = false } = {}) {
  autosave.forget()
  await autosave.settled()
  if (!(await keepAll(typedForms()))) return
  await load(address, { keepsAddress })
}

/** Save forms that are about to be left; false when one was refused: it stands on the page with the reasons, the others are saved. */
async function keepAll(forms) {
  let refused = null
  for (const [place, form] of forms.entries()) {
    if (place > 0) freshen(form)
    const sent = snapshot(form)
    const answer = await keep(form, sent)
    if (!answer) return false
    if (!answer.ok) refused ??= { form, sent, page: answer.page }
  }
  if (!refused) return true
  put(refused.page, "", refused)
  document.querySelectorAll("form[data-keeps]").forEach(freshen)
  return false
}

/** Send a form that is about to be left; null when nothing was answered, or somebody has to choose first. */
async function keep(form, sent) {
  if (form.dataset.clash !== undefined) return chooseFirst(form)
  autosave.forget(form)
  delete form.dataset.typed
  const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(sent) })
  if (!answer?.ok) markTyped(form)
  return answer
}

/** Where two designers clash nothing is saved unseen, and nothing is thrown away by leaving. */
function chooseFirst(form) {
  form.querySelector(".clashes").scrollIntoView({ block: "center" })
  form.querySelector(".clashes input:checked").focus({ preventScroll: true })
  return tell(t("Choose first which of the two to keep."))
}

let newEdition = null

function learnEdition(page) {
  newEdition = page.querySelector("input[name=edition]")?.value ?? newEdition
}

function freshen(form) {
  const edition = form.elements.namedItem("edition")
  if (edition && newEdition) edition.value = newEdition
}

async function load(address, { method = "GET", body = null, keepsAddress = false } = {}) {
  const response = await ask(address, { method, body })
  if (!response) return false
  const { page } = response
  if (!page.querySelector("main#content")) {
    location.assign(address)
    return true
  }
  const hash = method === "GET" ? new URL(address, location.href).hash : ""
  const isElsewhere = pageOf(response.url) !== pageOf(location.href) && (method === "GET" || response.redirected)
  if (!keepsAddress && isElsewhere) history.pushState({}, "", response.url + hash)
  shown = pageOf(location.href)
  put(page, hash)
  return true
}

let saving = null

/** Wait until a save that is under way has been answered; true when there was one. */
async function saved() {
  const waited = saving !== null
  while (saving) await saving
  return waited
}

/** A page that is no longer wanted is given up; a save never is, and what comes after it waits for it. */
async function ask(address, options) {
  await saved()
  const asked = fetched(address, options)
  if (options.method !== "POST") return asked
  saving = asked
  try {
    return await asked
  } finally {
    saving = null
  }
}

async function fetched(address, { isQuiet = false, ...options }) {
  if (!isQuiet) {
    busy?.abort()
    busy = new AbortController()
    document.querySelector(".designer")?.classList.add("is-busy")
  }
  try {
    const answer = await answerOf(address, { ...options, signal: isQuiet ? undefined : busy.signal })
    if (answer.trouble === "signed_out") return tell(t("You are signed out. Sign in again in another tab; what you typed is still here, save it then."))
    if (answer.trouble) return tell(t("Something broke on our side. What you typed is still here; try again."))
    tell("")
    learnEdition(answer.page)
    return answer
  } catch (failure) {
    return failure.name === "AbortError" ? null : tell(t("The server does not answer. What you typed is still here; try again."))
  } finally {
    if (!isQuiet) document.querySelector(".designer")?.classList.remove("is-busy")
  }
}

/** Put the content of a fetched page in place of the present one: the answer to a `form` as it was `sent`, if there was one. */
function put(page, hash, { form = null, sent = [] } = {}) {
  const unsaved = unsavedBeside(form)
  const later = form ? changedSince(form, sent) : []
  const focused = document.activeElement?.id
  const row = placeOf(document.activeElement?.closest(".question, .line"))
  const wasOpen = document.querySelector(OPEN)?.id
  const scrolled = document.querySelector(".journey")?.scrollTop ?? 0
  document.title = page.title
  exchange(document.querySelector("main#content"), page.querySelector("main#content"))
  const content = document.querySelector("main#content")
  const journey = content.querySelector(".journey")
  if (journey) journey.scrollTop = scrolled
  attachAll(content)
  tellTime(content)
  const opened = content.querySelector(OPEN)
  const goal = hash ? document.getElementById(hash.slice(1)) : null
  settle(content, { focused, row, goal: goal ?? (opened?.id === wasOpen ? null : opened) })
  tellNotes(content)
  if (form) typeAgain(form, later)
  for (const [other, fields] of unsaved) if (successor(other)?.action === other.action) typeAgain(other, fields)
  document.dispatchEvent(new CustomEvent("designer:shown"))
}

/** The other forms than `answered` in which something is typed that is not saved, each with its fields. */
function unsavedBeside(answered) {
  const others = typedForms().filter(form => form !== answered && form.dataset.clash === undefined)
  return others.map(form => [form, changedSince(form, asBrought(form))])
}

/** Put what was typed in `before` into the form that has taken its place. */
function typeAgain(before, fields) {
  const form = successor(before)
  if (!form || fields.length === 0) return
  carryOver(form, fields)
  autosave.typed(form)
}

function successor(form) {
  return document.querySelector(`form[data-keeps="${form.dataset.keeps}"]`)
}

/** Put `next` in place of `main`; between two pages of the designer what stands beside the bench stays. */
function exchange(main, next) {
  const [here, there] = [main, next].map((content) => content.querySelector(".designer"))
  if (!here || !there) return main.replaceWith(next)
  for (const part of [".journey", ".bench"]) here.querySelector(part).replaceWith(there.querySelector(part))
  const around = [...next.children]
  for (const element of [...main.children]) if (element !== here) element.remove()
  here.before(...around.slice(0, around.indexOf(there)))
  here.after(...around.slice(around.indexOf(there) + 1))
}

/** Where a question stands: by its name, and by its place should it be gone. */
function placeOf(row) {
  return row && { id: row.id, place: [...document.querySelectorAll(ROWS)].indexOf(row) }
}

/** The question that was worked on, when its form is closed now; a new one is the last, and for one that is gone the next. */
function rowOf(content, row) {
  if (!row || content.querySelector(".is-open")) return null
  const rows = [...content.querySelectorAll(ROWS)]
  return document.getElementById(row.id) ?? rows[Math.min(row.place, rows.length - 1)]
}

/** What had the focus before, if it can have it again; of undo and redo the other one, when there is nothing more to do. */
function sameAgain(id) {
  const before = id && document.getElementById(id)
  if (before?.disabled) return before.closest(".draft-steps")?.querySelector("button:enabled")
  return before && before.checkVisibility() ? before : null
}

/** What was refused comes first, then what was opened, then what had the focus before, then its question. */
function settle(content, { focused, row, goal }) {
  const refused = content.querySelector("[aria-invalid=true], .refusals")
  refused?.scrollIntoView({ block: "center" })
  goal?.scrollIntoView({ block: "nearest" })
  const again = sameAgain(focused) ?? rowOf(content, row)?.querySelector("a")
  const there = refused?.matches("input, textarea, select") ? refused : (goal?.querySelector("textarea, a") ?? again ?? content)
  there.focus({ preventScroll: true })
}

let notice = null

/** Say `message` where it is seen wherever one is on the page; nothing takes it away. Answers null, for "no page came". */
function tell(message, { isQuiet = false } = {}) {
  if (!notice) {
    notice = document.createElement("p")
    notice.className = "designer-notice"
    notice.setAttribute("role", "alert")
    document.body.append(notice)
  }
  notice.classList.toggle("is-quiet", isQuiet)
  notice.textContent = message
  notice.hidden = message === ""
  return null
}

/** What was just done is said at the head of the page; who is further down is told there. */
function tellNotes(content) {
  const notes = content.querySelector(".notes")
  if (notes && notes.getBoundingClientRect().bottom < 0) tell(notes.innerText, { isQuiet: true })
}

function markTyped(target) {
  const form = target.closest?.("form[data-keeps]")
  if (!form) return false
  form.dataset.typed = ""
  autosave.typed(form)
  return true
}

/** The forms with what is not saved yet, or not decided. */
function typedForms() {
  return [...document.querySelectorAll("form[data-keeps][data-typed], form[data-keeps][data-clash]")]
}

function forget() {
  autosave.forget()
  for (const form of document.querySelectorAll("form[data-keeps]")) {
    delete form.dataset.typed
    delete form.dataset.clash
  }
}

function contains(form, other) {
  return form.action === other.action
}

function isOurs(address) {
  const draft = document.querySelector(".designer")?.dataset.draft
  if (!draft) return false
  const url = new URL(address, location.href)
  const elsewhere = ["/preview", "/discards", "/translations"].some((end) => url.pathname.endsWith(end))
  return url.origin === location.origin && url.pathname.startsWith(`${draft}/`) && !elsewhere
}

function pageOf(address) {
  return address.split("#")[0]
}
