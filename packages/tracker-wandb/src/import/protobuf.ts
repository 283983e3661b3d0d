/** Reads protobuf messages by field number, as far as the records of a `.wandb` file need it: varints, doubles, texts, messages. */

export type ProtoValue = bigint | number | Uint8Array

/** Values by field number, in order; what a message does not have is an empty list. */
export class Message {
  readonly #fields = new Map<number, Array<ProtoValue>>()

  /** Throws a `RangeError` where the bytes are no message. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = 0
    const varint = (): bigint => {
      let value = 0n
      for (let shift = 0n; shift < 70n; shift += 7n) {
        if (at >= bytes.length) throw new RangeError("a number runs beyond its message")
        const byte = bytes[at++]!
        value |= BigInt(byte & 0x7f) << shift
        if (byte < 0x80) return value
      }
      throw new RangeError("a number is longer than 64 bits")
    }
    const take = (size: number): number => {
      if (size > bytes.length - at) throw new RangeError("a field runs beyond its message")
      at += size
      return at - size
    }
    while (at < bytes.length) {
      const tag = varint()
      const field = Number(tag >> 3n)
      switch (Number(tag & 7n)) {
        case 0:
          this.#add(field, varint())
          break
        case 1:
          this.#add(field, view.getFloat64(take(8), true))
          break
        case 2: {
          const size = Number(varint())
          const start = take(size)
          this.#add(field, bytes.subarray(start, start + size))
          break
        }
        case 5:
          this.#add(field, view.getFloat32(take(4), true))
          break
        default:
          throw new RangeError("a field has no known wire type")
      }
    }
  }

  #add(field: number, value: ProtoValue): void {
    const values = this.#fields.get(field)
    if (values === undefined) this.#fields.set(field, [value])
    else values.push(value)
  }

  has(field: number): boolean {
    return this.#fields.has(field)
  }

  /** Empty when absent, as protobuf has it. */
  text(field: number): string {
    const value = this.#fields.get(field)?.at(-1)
    return value instanceof Uint8Array ? decode(value) : ""
  }

  texts(field: number): ReadonlyArray<string> {
    return (this.#fields.get(field) ?? []).flatMap((value) => (value instanceof Uint8Array ? [decode(value)] : []))
  }

  /** 0 when absent; signed, as int32 and int64 are written. */
  number(field: number): number {
    const value = this.#fields.get(field)?.at(-1)
    if (typeof value === "bigint") return Number(BigInt.asIntN(64, value))
    return typeof value === "number" ? value : 0
  }

  message(field: number): Message | null {
    const value = this.#fields.get(field)?.at(-1)
    return value instanceof Uint8Array ? new Message(value) : null
  }

  messages(field: number): ReadonlyArray<Message> {
    return (this.#fields.get(field) ?? []).flatMap((value) => (value instanceof Uint8Array ? [new Message(value)] : []))
  }

  /** Google's `Timestamp` as Unix seconds; null when absent. */
  seconds(field: number): number | null {
    const stamp = this.message(field)
    return stamp === null ? null : stamp.number(1) + stamp.number(2) / 1e9
  }
}

const decoder = new TextDecoder()
const decode = (bytes: Uint8Array): string => decoder.decode(bytes)
