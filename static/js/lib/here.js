/** A row of links that scrolls sideways on small screens: the link of the present page is in view. */

export function attach(row) {
  const here = row.querySelector("[aria-current]")
  if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2
}
