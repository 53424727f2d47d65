/** What is drawn on a photo: boxes and strokes in ten-thousandths, with every step of drawing to be undone. */

export const WHOLE = 10_000
const LEAST = 80 // of a box's side: less is a slip of the finger
const NEAR = 25 // points of a stroke that are nearer than this tell nothing

export class Areas {
  #steps
  #now = 0

  constructor(areas = []) {
    this.#steps = [areas]
  }

  get list() {
    return this.#steps[this.#now]
  }

  get boxes() {
    return this.list.filter(area => area.kind === "box")
  }

  get canUndo() {
    return this.#now > 0
  }

  add(area) {
    if (area) this.#become([...this.list, area])
  }

  /** Put `box` in place of the box number `place` (of the boxes alone). */
  change(place, box) {
    const old = this.boxes[place]
    this.#become(this.list.map(area => (area === old ? box : area)))
  }

  remove(place) {
    const old = this.boxes[place]
    this.#become(this.list.filter(area => area !== old))
  }

  clear() {
    if (this.list.length) this.#become([])
  }

  undo() {
    if (!this.canUndo) return
    this.#steps.length = this.#now
    this.#now -= 1
  }

  #become(areas) {
    this.#steps.push(areas)
    this.#now += 1
  }
}

/** The box between two corners in shares of one, or null where it is too small to be meant. */
export function boxBetween(one, other) {
  const [left, right] = [one.x, other.x].map(share).sort(byNumber)
  const [top, bottom] = [one.y, other.y].map(share).sort(byNumber)
  if (right - left < LEAST || bottom - top < LEAST) return null
  return { kind: "box", left, top, width: right - left, height: bottom - top }
}

/** A box from percentages as typed; null where it has no width or height. */
export function boxOfPercent({ left, top, width, height }) {
  const [l, t, w, h] = [left, top, width, height].map(text => share(Number(text) / 100 || 0))
  return w && h ? { kind: "box", left: l, top: t, width: w, height: h } : null
}

export function percentOf(box) {
  const told = ["left", "top", "width", "height"].map(name => [name, String(Math.round(box[name] / 10) / 10)])
  return Object.fromEntries(told)
}

/** A stroke being drawn: points too near to the last one are left out. */
export class Stroke {
  constructor(width) {
    this.area = { kind: "stroke", width, points: [] }
  }

  reach(point) {
    const next = [share(point.x), share(point.y)]
    const last = this.area.points.at(-1)
    if (last && Math.hypot(next[0] - last[0], next[1] - last[1]) < NEAR) return
    this.area.points.push(next)
  }
}

function share(part) {
  return Math.round(Math.min(1, Math.max(0, part)) * WHOLE)
}

function byNumber(one, other) {
  return one - other
}
