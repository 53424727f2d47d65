/** A question that is answered by its photos: how many are wanted, and how many are there. */
import { make, setText } from "#js/field/dom.js"
import { isGood } from "#js/field/photo_states.js"
import { t } from "#js/lib/words.js"

export function render(question) {
  const words = make("p", { class: "wanted" })
  return {
    element: words,
    role: "group",
    show(_answer, photos) {
      setText(words, wanted(question, photos.filter(isGood).length))
    },
    lock() {},
  }
}

function wanted({ min_count: least, max_count: most, required }, have) {
  if (!required && have === 0) return most === 1 ? t("One photo, if you can.") : t("Up to %(all)s photos, if you can.", { all: most })
  if (have >= most) return most === 1 ? t("That is the one photo.") : t("That is all %(all)s photos.", { all: most })
  if (have >= least) return t("%(n)s there, up to %(all)s if you like.", { n: have, all: most })
  if (least === 1) return t("One photo is needed.")
  return t("%(n)s of %(all)s photos taken.", { n: have, all: least })
}

export function inWords() {
  return ""
}
