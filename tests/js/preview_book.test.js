import assert from "node:assert/strict"
import { test } from "node:test"

import { PreviewBook } from "#js/admin/preview_book.js"

const DOCUMENT = {
  touchpoints: [
    {
      key: "greeting",
      questions: [
        { key: "greeted", kind: "yes_no", required: true, explain_on: ["no"], na_allowed: false, not_observed_allowed: false },
        { key: "story", kind: "narrative", required: true, explain_on: [], min_length: 5, max_length: 100 },
        { key: "shot", kind: "photo", required: true, explain_on: [], min_count: 1, max_count: 2 },
      ],
    },
  ],
}

function codes(book) {
  return book.missing().map(({ question, code }) => `${question} ${code}`)
}

test("an untouched preview misses every required answer", () => {
  const book = new PreviewBook(DOCUMENT)
  assert.deepEqual(codes(book), ["greeted answer_missing", "story answer_missing", "shot photos_missing"])
  assert.equal(book.isTouched("greeted"), false)
})

test("an answer that is to be explained misses its comment until there is one", () => {
  const book = new PreviewBook(DOCUMENT)
  book.say("greeted", { state: "answered", value: "no" })
  assert.ok(codes(book).includes("greeted comment_missing"))
  book.typeComment("greeted", "Nobody was there.")
  assert.ok(!codes(book).some((code) => code.startsWith("greeted")))
})

test("an answer that is taken back, and a text that is emptied, are no answers", () => {
  const book = new PreviewBook(DOCUMENT)
  book.say("greeted", { state: "answered", value: "yes" })
  book.typeAnswer("story", "It was fine.")
  book.say("greeted", null)
  book.typeAnswer("story", "")
  assert.deepEqual(book.answers, {})
})

test("a question is hidden until the answer that it depends on is given, and again when that is taken back", () => {
  const more = { key: "more", kind: "yes_no", required: true, explain_on: [], show_if: { test: "is", question: "greeted", answer: "no" } }
  const [{ key, questions }] = DOCUMENT.touchpoints
  const book = new PreviewBook({ touchpoints: [{ key, questions: [...questions, more] }] })
  assert.deepEqual([...book.hidden], ["more"])
  book.say("greeted", { state: "answered", value: "no" })
  assert.deepEqual([...book.hidden], [])
  assert.ok(codes(book).includes("more answer_missing"))
  book.say("more", { state: "answered", value: "yes" })
  book.say("greeted", null)
  assert.deepEqual([...book.hidden], ["more"])
  assert.equal(book.answerOf("more").value, "yes", "what was answered is kept")
})

test("whoever listens is told of every change", () => {
  const book = new PreviewBook(DOCUMENT)
  let told = 0
  book.onChange(() => (told += 1))
  book.say("greeted", { state: "answered", value: "yes" })
  book.typeComment("greeted", "Warmly.")
  book.addPhoto("shot")
  book.removePhoto(book.photosOf("shot")[0].id)
  assert.equal(told, 4)
  assert.deepEqual(book.photosOf("shot"), [])
})

test("a drawing stands for every photo, whatever file was chosen", () => {
  const book = new PreviewBook(DOCUMENT, "/drawing.svg")
  book.addPhoto("shot")
  assert.deepEqual(book.photosOf("shot").map(({ address }) => address), ["/drawing.svg"])
})

test("what was found before comes back, and of questions that are gone it is kept unseen", () => {
  const book = new PreviewBook(DOCUMENT, "/drawing.svg")
  let told = 0
  book.onChange(() => (told += 1))
  book.typeComment("story", "Gone with what comes.")
  book.restore({
    answers: { greeted: { state: "na" }, removed: { state: "answered", value: "yes" } },
    comments: { greeted: "Warmly.", removed: "Gone." },
    photos: { shot: 2, removed: 1 },
  })
  assert.deepEqual(book.answers, { greeted: { state: "na" } })
  assert.equal(book.commentOf("story"), "")
  assert.equal(book.photosOf("shot").length, 2)
  assert.deepEqual(book.found.comments, { greeted: "Warmly.", removed: "Gone." }, "what is gone is not lost unsaid")
  assert.equal(new Set(book.photosOf("shot").map(({ id }) => id)).size, 2)
  assert.equal(told, 2)
})

test("the questions of what was found are told in words, so that one that is gone later can be named", () => {
  const [{ key, questions: [first, ...rest] }] = DOCUMENT.touchpoints
  const book = new PreviewBook({ touchpoints: [{ key, questions: [{ ...first, text: { en: "Greeted?" } }, ...rest] }] })
  book.say("greeted", { state: "answered", value: "yes" })
  assert.deepEqual(book.wordsOfFound(({ en }) => en), { greeted: "Greeted?" })
})
