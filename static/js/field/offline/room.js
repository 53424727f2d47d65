/** What the browser says of keeping: will it clear things by itself, how much room is left, is it a private window. */

const LITTLE = 60_000_000

/** Ask the browser to keep what is here; inside a tap only. Resolves to whether it promised. */
export async function askToKeep(storage = globalThis.navigator?.storage) {
  if (!storage?.persist) return false
  return (await storage.persisted()) || storage.persist()
}

/** Whether the browser promised to keep what is here. */
export async function isPromised(storage = globalThis.navigator?.storage) {
  return Boolean(await storage?.persisted?.())
}

/** The room left in MB where it is little, else null. */
export async function littleRoom(storage = globalThis.navigator?.storage) {
  if (!storage?.estimate) return null
  const { quota = Infinity, usage = 0 } = await storage.estimate()
  const left = quota - usage
  return left < LITTLE ? Math.max(0, Math.floor(left / 1_000_000)) : null
}

/**
 * Whether this looks like a private window, whose storage goes when it is closed: such a window has no file system
 * of its own in Safari and Firefox, and in Chromium less room than memory.
 */
export async function isPrivate({ storage, memory } = { storage: globalThis.navigator?.storage, memory: globalThis.performance?.memory }) {
  if (!storage?.estimate) return false
  const { quota = Infinity } = await storage.estimate()
  if (memory?.jsHeapSizeLimit && quota < memory.jsHeapSizeLimit) return true
  if (!storage.getDirectory) return false
  return storage.getDirectory().then(() => false, () => true)
}
