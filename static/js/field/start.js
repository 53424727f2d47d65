/** Attaches the modules of the shopper's pages: each of these pages loads all of them as one file. */
import * as home from "#js/field/home.js"
import * as onThisPhone from "#js/field/on_this_phone.js"
import * as visit from "#js/field/visit.js"
import { attachAll } from "#js/lib/attach.js"
import * as menu from "#js/lib/menu.js"

const MODULES = { "field/home": home, "field/on_this_phone": onThisPhone, "field/visit": visit, "lib/menu": menu }

attachAll(document, (name) => MODULES[name])
