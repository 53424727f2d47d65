/** Attaches the modules of a page that loads each of them by itself. */
import { attachAll } from "#js/lib/attach.js"

attachAll(document)
