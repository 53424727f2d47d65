/** The document's own words in the shopper's language. */

/** A function that says a wording ({en, es}) in `language`, else in the first of the document's languages that has it. */
export function speakerOf(document, language) {
  const order = [language, ...document.languages]
  return (wording = {}) => order.map((one) => wording[one]).find(Boolean) ?? ""
}
