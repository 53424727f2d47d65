/** Every kind of question with its control. */
import * as instruction from "#js/field/kinds/instruction.js"
import * as narrative from "#js/field/kinds/narrative.js"
import * as photo from "#js/field/kinds/photo.js"
import * as rating from "#js/field/kinds/rating.js"
import * as shortText from "#js/field/kinds/short_text.js"
import * as singleChoice from "#js/field/kinds/single_choice.js"
import * as yesNo from "#js/field/kinds/yes_no.js"

export const KINDS = {
  instruction, narrative, photo, rating, short_text: shortText, single_choice: singleChoice, yes_no: yesNo,
}
