/** Durations as exact seconds in a text, and the timers that measure them. */

const LONGEST_TENTHS = 3_599_999

/** So many milliseconds in seconds, to a tenth; never less than 0. */
export function secondsOf(ms) {
  return decimal(Math.min(LONGEST_TENTHS, Math.max(0, Math.round(ms / 100))))
}

/** Whether the timer `{started_ms} | {seconds …} | null` is running. */
export function isRunning(timer) {
  return Boolean(timer) && timer.seconds === undefined
}

/** "1:05" or "1:02:05": what a timer shows that has run for so long. */
export function onTheClock(ms) {
  const all = Math.max(0, Math.floor(ms / 1000))
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  const two = (number) => String(number).padStart(2, "0")
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}

/** {minutes, seconds} of so many seconds, as texts to edit. */
export function splitUp(value) {
  const tenths = tenthsOf(value)
  return { minutes: String(Math.floor(tenths / 600)), seconds: decimal(tenths % 600) }
}

/** The seconds that a box of minutes and one of seconds (decimals, "" for nothing) make together, or null. */
export function putTogether(minutes, seconds) {
  const isWhole = /^[0-9]{0,4}$/.test(minutes)
  const isTenth = /^(?:[0-9]{1,6}(?:\.[0-9])?)?$/.test(seconds)
  if (!isWhole || !isTenth || (minutes === "" && seconds === "")) return null
  const tenths = Number(minutes) * 600 + tenthsOf(seconds || "0")
  return tenths <= LONGEST_TENTHS ? decimal(tenths) : null
}

/** Whether `value` is a duration as it travels. */
export function isDuration(value) {
  return typeof value === "string" && /^(?:0|[1-9][0-9]{0,5})(?:\.[0-9])?$/.test(value) && tenthsOf(value) <= LONGEST_TENTHS
}

function tenthsOf(value) {
  const [whole, tenth = "0"] = value.split(".")
  return Number(whole) * 10 + Number(tenth)
}

function decimal(tenths) {
  return tenths % 10 ? `${Math.floor(tenths / 10)}.${tenths % 10}` : String(tenths / 10)
}
