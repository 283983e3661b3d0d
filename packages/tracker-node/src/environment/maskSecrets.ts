/**
 * Removes what looks like a secret from captured text: credentials in URLs, values of arguments and settings that are named
 * like keys, and tokens that are known by their form. Prefers to hide too much.
 */

export const mask = "****"

// Up to the last @ before the path: passwords hold some that nobody encoded.
const urlCredentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#'"]+@/gi
/** Not the words of machine learning that begin alike: `max_tokens`, `tokenizer`, `sigma`, `author`. */
const secretName =
  "[\\w.-]*(?:api[_-]?key|access[_-]?key|private[_-]?key|secret|token(?!s|iz)|passw(?:or)?d|passwd|pwd|passphrase|credential|authorization|auth(?!or)|cookie|bearer|signature|sig(?![a-z]))[\\w.-]*"
/** `token=…`, `"api_key": "…"`, `PASSWORD: …`, `?sig=…` */
const assignment = new RegExp(
  `((?:^|[\\s?&;,{"'(+-])["']?${secretName}["']?\\s*[=:]\\s*)("[^"\\n]*"|'[^'\\n]*'|[^\\s&"',;]+)`,
  "gim"
)
/** `--api-key …` inside a text */
const flagInText = new RegExp(`((?<![\\w-])--${secretName}\\s+)(?!-)("[^"\\n]*"|'[^'\\n]*'|[^\\s"']+)`, "gi")
const bearer = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi
const knownForms = [
  /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bhf_[A-Za-z0-9]{16,}/g,
  /\bnpm_[A-Za-z0-9]{20,}/g,
  /\bwan_[A-Za-z0-9_-]{20,}/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
]

export const maskSecrets = (text: string): string => {
  let result = text.replace(urlCredentials, `$1${mask}@`)
  for (const form of knownForms) result = result.replace(form, mask)
  return result.replace(bearer, `$1 ${mask}`).replace(assignment, `$1${mask}`).replace(flagInText, `$1${mask}`)
}

const secretFlag = new RegExp(`^--?(?:${secretName}|(?:[\\w.-]*[_.-])?key)$`, "i")
const flag = /^(?:--|-[a-z]$)/i
/** Long random-looking words: 40 hex digits are W&B's keys, and commit ids, which a command line seldom needs. */
const opaque = /^(?:[0-9a-f]{32,}|(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9_-]{40,})$/

/** A command line for people, with quotes where words hold spaces and secrets masked. */
export const maskedCommand = (words: ReadonlyArray<string>): string =>
  words
    .map((word, i) => {
      const before = words[i - 1]
      if (before !== undefined && secretFlag.test(before) && !flag.test(word)) return mask
      if (opaque.test(word)) return mask
      return quote(maskSecrets(word))
    })
    .join(" ")

const quote = (word: string): string => (/^[\w@%+=:,./*-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
