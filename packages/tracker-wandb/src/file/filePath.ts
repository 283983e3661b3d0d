/**
 * Names of files between the client and the engine. The client saves whatever its disk allows; the engine takes only paths
 * that are safe on every disk. What it would refuse is written as `%` and hex digits, so that no file is lost and its name can
 * be read back.
 */
import { createHash } from "node:crypto"
import { filePathFault } from "@wanllmdb/core"

const maxSegmentBytes = 255
const maxPathBytes = 1024

/** What the engine forbids anywhere, and the sign that the rewriting itself needs. */
const refused = /[%\\:*?"<>|\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i
/** Follows what stands of a name that was too long; no rewriting makes these two characters. */
const cutMark = "%~"

const escaped = (text: string): string =>
  [...Buffer.from(text.toWellFormed())].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("")

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16)

const cut = (text: string, bytes: number): string => {
  const head = new TextDecoder().decode(Buffer.from(text).subarray(0, bytes)).replace(/\ufffd+$/, "")
  return `${head.replace(/%[0-9A-F]?$/, "")}${cutMark}${digest(text)}`
}

const keptSegment = (segment: string): string => {
  // Every other sign is followed by something, so one that stands alone is the empty name.
  if (segment === "") return "%"
  let kept = segment.replace(refused, escaped)
  if (deviceName.test(kept) || kept.startsWith(" ") || kept === "." || kept === "..") {
    kept = escaped(kept[0]!) + kept.slice(1)
  }
  kept = kept.replace(/[. ]$/, escaped)
  return Buffer.byteLength(kept.normalize("NFC")) > maxSegmentBytes ? cut(kept, maxSegmentBytes - 40) : kept
}

/** The path under which the engine keeps the client's file: the name itself where it may. */
export const keptPath = (name: string): string => {
  if (filePathFault(name) === null && !name.includes("%")) return name
  const kept = name.split("/").map(keptSegment).join("/")
  return Buffer.byteLength(kept.normalize("NFC")) > maxPathBytes ? cut(kept.replaceAll("/", "_"), 200) : kept
}

/** The client's name again; a name that was cut stays as it is kept. */
export const clientPath = (kept: string): string =>
  kept
    .split("/")
    .map((segment) => (segment === "%" ? "" : segment.includes(cutMark) ? segment : unescaped(segment)))
    .join("/")

const unescaped = (segment: string): string =>
  segment.replace(/(?:%[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"))
