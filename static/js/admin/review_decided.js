/** Stands on the page that says that a review was decided: what was typed for it is needed no more. */

import { browserStorage, forget } from "#js/admin/review_remarks.js"

export function attach(element) {
  forget(element.dataset.remarks, browserStorage())
}
