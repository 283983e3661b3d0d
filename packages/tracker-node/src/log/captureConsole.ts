/** Copies what the process writes to stdout and stderr into a run's log. What the terminal shows does not change. */
import { StringDecoder } from "node:string_decoder"

type Write = NodeJS.WriteStream["write"]

/** `onPiece` hears every piece of text. Gives a function that ends the capture. */
export const captureConsole = (onPiece: (stream: "stdout" | "stderr", text: string) => void): (() => void) => {
  const undo = (["stdout", "stderr"] as const).map((name) => tap(process[name], (text) => onPiece(name, text)))
  return () => {
    for (const restore of undo) restore()
  }
}

const tap = (stream: NodeJS.WriteStream, onText: (text: string) => void): (() => void) => {
  const original = stream.write as (...args: unknown[]) => boolean
  const decoder = new StringDecoder("utf8")
  let active = true
  // What we do with a piece may itself write to the console; that must not come back here.
  let inside = false
  const replacement = (...args: unknown[]): boolean => {
    if (active && !inside) {
      inside = true
      try {
        const [chunk, encoding] = args
        if (typeof chunk === "string") onText(isHex(encoding) ? Buffer.from(chunk, encoding).toString() : chunk)
        else if (chunk instanceof Uint8Array) onText(decoder.write(Buffer.from(chunk)))
      } catch {
        // The program's own output comes first.
      } finally {
        inside = false
      }
    }
    return original.apply(stream, args)
  }
  stream.write = replacement as Write
  return () => {
    active = false
    // Someone else may have wrapped ours since; theirs must stay, and ours then only passes on.
    if (stream.write === (replacement as Write)) stream.write = original as Write
  }
}

const isHex = (encoding: unknown): encoding is BufferEncoding =>
  encoding === "hex" ||
  encoding === "base64" ||
  encoding === "latin1" ||
  encoding === "utf16le" ||
  encoding === "base64url"
