/** Sends the SHA-256 of the chosen file in place of the file itself; a browser that cannot make it sends the file. */

export function attach(form, subtle = globalThis.crypto?.subtle) {
  const [file, hash] = [form.querySelector("input[type=file]"), form.querySelector("input[name=sha256]")]
  file.addEventListener("change", () => { hash.value = "" })
  if (!subtle) return
  form.addEventListener("submit", async event => {
    if (!file.files.length) return
    event.preventDefault()
    hash.value = await sha256(file.files[0], subtle)
    file.disabled = true // what is disabled is not sent
    form.submit()
    file.disabled = false
  })
}

/** The SHA-256 of a blob, as 64 hexadecimal figures. */
export async function sha256(blob, subtle) {
  const digest = new Uint8Array(await subtle.digest("SHA-256", await blob.arrayBuffer()))
  return [...digest].map(byte => byte.toString(16).padStart(2, "0")).join("")
}
