/** The opening hours of a week: a button that copies Monday's to the other working days. */

const WORKING = ["tue", "wed", "thu", "fri"]

export function attach(week) {
  const button = week.querySelector("[data-copy]")
  button.hidden = false
  button.addEventListener("click", () => {
    const box = name => week.querySelector(`[name="${name}"]`)
    for (const day of WORKING) box(day).value = box("mon").value
  })
}
