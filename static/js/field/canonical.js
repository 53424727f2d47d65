/** One JSON text per value, the same that the server writes: sorted keys, no spaces, whole numbers only. */

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(",")}]`
  if (value && typeof value === "object") {
    const names = Object.keys(value).filter((name) => value[name] !== undefined).sort()
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new TypeError("only whole numbers travel; decimals are texts")
  }
  return JSON.stringify(value)
}
