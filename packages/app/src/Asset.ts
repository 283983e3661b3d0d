/** A file of the built web app, as its module holds it. */
export interface Asset {
  readonly type: string
  readonly etag: string
  /** Unpacked. */
  readonly sizeBytes: number
  /** Whether `body` is gzipped. */
  readonly gzip: boolean
  /** Base 64. */
  readonly body: string
  /** Pages as text, since the handler writes their base into them. */
  readonly text?: string
}
