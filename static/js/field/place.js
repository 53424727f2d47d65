/** Where the phone is, asked for once; a refusal is an answer like any other. */

const PATIENCE_MS = 15_000
const DENIED = 1

/**
 * {lat, lon, accuracy_m, fix_age_s}, {denied: true}, or null where no place was found in time; `isFresh`: found
 * just now, and not remembered from a minute ago.
 */
export function whereAmI(geolocation = globalThis.navigator?.geolocation, now = Date.now, { isFresh = false } = {}) {
  if (!geolocation) return Promise.resolve(null)
  return new Promise((resolve) => {
    geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          lat: coords.latitude.toFixed(6),
          lon: coords.longitude.toFixed(6),
          accuracy_m: Math.round(coords.accuracy),
          fix_age_s: Math.max(0, Math.round((now() - timestamp) / 1000)),
        }),
      ({ code }) => resolve(code === DENIED ? { denied: true } : null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: isFresh ? 0 : 60_000 },
    )
  })
}
