/** Takes in the files just picked for a question, one by one, and says what became of them. */
import { factsOf, isPicture } from "#js/field/pictures.js"
import { t } from "#js/lib/words.js"

/**
 * Keep `files` at a question, each shown only once it was read back; `room()` tells how many more it takes, `keep(bytes,
 * facts)` gives an id or null, `busy({n, all})` says how far it is. Resolves to {kept, lost, strangers, left} with the
 * names of `strangers`, files that are no photo: they are never kept, so that nothing waits to be sent in vain.
 */
export async function takeIn(files, { source, room, keep, busy, isPhoto = isPicture, now = Date.now }) {
  const done = { kept: 0, lost: 0, strangers: [], left: 0 }
  for (const [place, file] of files.entries()) {
    if (room() === 0) {
      done.left = files.length - place
      break
    }
    if (files.length > 1) busy({ n: place + 1, all: files.length })
    const bytes = await file.arrayBuffer().catch(() => null)
    if (!bytes?.byteLength) done.lost += 1
    else if (!(await isPhoto(bytes))) done.strangers.push(file.name)
    else if (await keep(bytes, factsOf(bytes, { source, captured_wall_ms: source === "camera" ? now() : file.lastModified }))) done.kept += 1
    else done.lost += 1
  }
  return done
}

/** What is to be said at the question that takes `most` photos: sentences, none when all went well. */
export function takenWords({ kept, strangers, left, lost }, most) {
  const picked = kept + strangers.length + left + lost
  return [strangers.length ? strangerWords(strangers, picked) : "", left ? fullWords({ kept, picked, most }) : ""].filter(Boolean)
}

function strangerWords(names, picked) {
  if (picked === 1) return t("This file is not a photo, so it was not kept. Please take or choose a photo.")
  return t("Not a photo, so not kept: %(names)s.", { names: names.join(", ") })
}

function fullWords({ kept, picked, most }) {
  const full = most === 1 ? t("This question takes 1 photo. Remove it to take another.") : t("This question takes %(n)s photos. Remove one to add another.", { n: most })
  if (kept === 0) return full
  const some = kept === 1 ? t("1 of %(all)s was kept.", { all: picked }) : t("%(n)s of %(all)s were kept.", { n: kept, all: picked })
  return `${full} ${some}`
}
