/** Writes an export of a phone in memory to standard output, for those who read it in another language. */
import { exportUnsent } from "#js/field/holding/exporting.js"
import { FACTS, aPhone, aPicture, answer, hash } from "./phone.js"

const [user, eid, vid] = process.argv.slice(2)
const phone = await aPhone({ user, eid })
const evaluations = phone.database.transaction(["evaluations"], "readwrite").objectStore("evaluations")
const handIn = { id: "00000000-0000-7000-8000-0000000000aa", round: 1, state: "ready" }
await evaluations.put({ ...(await evaluations.get([user, eid])), vid, handIn })
await answer(phone.log, "greeted", "no")
await phone.log.write({ kind: "comment.set", register: "comment:greeted", value: "“Añadió” \u2028 🙂" }, [])
const { id } = await phone.shelf.keep(aPicture(), FACTS, "window")
await phone.shelf.shrink(id, async () => { throw new Error("no picture") })
const { database, tray } = phone
const [pieces] = await exportUnsent({ database, user, tray, hash, log: () => phone.log, shelf: () => phone.shelf })
for (const piece of pieces) process.stdout.write(new Uint8Array(piece))
