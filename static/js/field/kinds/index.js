/** Every kind of question with its control. */
import * as date from "#js/field/kinds/date.js"
import * as duration from "#js/field/kinds/duration.js"
import * as instruction from "#js/field/kinds/instruction.js"
import * as money from "#js/field/kinds/money.js"
import * as narrative from "#js/field/kinds/narrative.js"
import * as number from "#js/field/kinds/number.js"
import * as photo from "#js/field/kinds/photo.js"
import * as place from "#js/field/kinds/place.js"
import * as rating from "#js/field/kinds/rating.js"
import * as severalChoices from "#js/field/kinds/several_choices.js"
import * as shortText from "#js/field/kinds/short_text.js"
import * as signature from "#js/field/kinds/signature.js"
import * as singleChoice from "#js/field/kinds/single_choice.js"
import * as time from "#js/field/kinds/time.js"
import * as yesNo from "#js/field/kinds/yes_no.js"

export const KINDS = {
  date, duration, instruction, money, narrative, number, photo, place, rating, several_choices: severalChoices,
  short_text: shortText, signature, single_choice: singleChoice, time, yes_no: yesNo,
}
