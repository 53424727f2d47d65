/** Makes a picture small enough to travel: at most 2048 px, JPEG, upright, with a thumbnail. */

const LONGEST = 2048
const QUALITY = 0.8
const THUMBNAIL = 320
const LARGE = 300_000

/** {bytes, thumbnail, mime, width, height} of the picture in `original`; throws where the browser cannot read it. */
export async function shrink(original, { mime = "image/jpeg", orientation = "1" } = {}) {
  const picture = await createImageBitmap(new Blob([original], { type: mime }), { imageOrientation: "from-image" })
  try {
    const [bytes, thumbnail] = [await drawn(picture, LONGEST), await drawn(picture, THUMBNAIL)]
    const { width, height } = sizeWithin(picture, LONGEST)
    const isUpright = mime === "image/jpeg" && ["1", undefined].includes(orientation)
    const isSmall = isUpright && picture.width === width && original.byteLength <= bytes.byteLength
    return { bytes: isSmall ? original : bytes, thumbnail, mime: "image/jpeg", width, height }
  } finally {
    picture.close()
  }
}

/**
 * What a tile shows of the picture in `bytes`: a thumbnail of a large one, or itself where it is small or cannot be drawn.
 * A page holds on to what it decodes: thirty pictures as they were taken cost it hundreds of megabytes.
 */
export async function glimpse(bytes) {
  if (!bytes || bytes.byteLength < LARGE) return bytes
  const picture = await createImageBitmap(new Blob([bytes]), { imageOrientation: "from-image", resizeWidth: THUMBNAIL }).catch(() => null)
  if (!picture) return bytes
  try {
    return await drawn(picture, THUMBNAIL).catch(() => bytes)
  } finally {
    picture.close()
  }
}

function sizeWithin({ width, height }, longest) {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

async function drawn(picture, longest) {
  const { width, height } = sizeWithin(picture, longest)
  const canvas = Object.assign(document.createElement("canvas"), { width, height })
  const context = canvas.getContext("2d", { alpha: false })
  context.fillStyle = "#ffffff" // what is see-through would turn black
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = "high"
  context.drawImage(picture, 0, 0, width, height)
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY))
  canvas.width = canvas.height = 0 // gives its memory back at once; Safari holds on to it otherwise
  if (blob?.type !== "image/jpeg") throw new Error("the picture could not be drawn")
  return blob.arrayBuffer()
}
