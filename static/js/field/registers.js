/**
 * What an evaluation holds, from the set of its changes: order, batches and repetition make no difference.
 *
 * A change supersedes those named in its `base`; what nothing supersedes is a head of its register.
 * Where heads differ, the provisional one has the greatest depth, then the greatest `order` (the SHA-256
 * of its id): no clock and no arrival decides. The server folds by the same rule.
 */
import { canonical } from "#js/field/canonical.js"

/**
 * Fold `records` ({change, order} each) into a Map from register to
 * {register, heads, current, value, inConflict}; `value` is undefined when cleared or detached.
 */
export function fold(records) {
  const known = new Map(records.map((record) => [record.change.id, record]))
  const byRegister = new Map()
  for (const record of known.values()) {
    const name = record.change.register
    if (!byRegister.has(name)) byRegister.set(name, [])
    byRegister.get(name).push(record)
  }
  const depths = new Map()
  return new Map([...byRegister].map(([name, own]) => [name, settle(name, own, known, depths)]))
}

function settle(register, records, known, depths) {
  const superseded = new Set(records.flatMap((record) => record.change.base))
  const heads = records.filter((record) => !superseded.has(record.change.id))
  const ranked = heads
    .map((record) => ({ ...record, depth: depthOf(record.change.id, known, depths) }))
    .sort((one, other) => other.depth - one.depth || compare(other.order, one.order))
  const current = chosen(register, ranked)
  return {
    register,
    heads: ranked.map((record) => record.change.id),
    rivals: ranked.map((record) => record.change),
    current: current?.change ?? null,
    value: current?.change.value,
    inConflict: new Set(heads.map(({ change }) => canonical([change.kind, change.value ?? null]))).size > 1,
  }
}

/** A photo is present while a head of its register is an attach, whatever was said beside it. */
function chosen(register, ranked) {
  if (!register.startsWith("photo:")) return ranked[0]
  return ranked.find(({ change }) => change.kind === "photo.attach") ?? ranked[0]
}

/** 1 + the greatest depth among what it supersedes; walked without recursion, since histories may be long. */
function depthOf(id, known, depths) {
  const path = [id]
  const entered = new Set(path)
  while (path.length) {
    const here = path.at(-1)
    const base = (known.get(here)?.change.base ?? []).filter((other) => known.has(other))
    const open = base.find((other) => !depths.has(other) && !entered.has(other))
    if (open !== undefined) {
      entered.add(open)
      path.push(open)
      continue
    }
    depths.set(here, 1 + Math.max(0, ...base.map((other) => depths.get(other) ?? 0)))
    path.pop()
  }
  return depths.get(id)
}

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0
}
