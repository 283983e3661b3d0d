/** Saves bytes as a file of the reader, as a link with `download` does. */
export const saveFile = (bytes: Blob, name: string): void => {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(bytes)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
