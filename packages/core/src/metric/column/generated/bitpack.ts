// Written by scripts/generate-bitpack.mjs. Values of `bits` bits, lowest bits first, 32 values in `bits` words.

/** Packs `count` values (a multiple of 32), each below 2^bits, into `out` from word `at` on. */
export type Pack = (values: Uint32Array, count: number, out: Uint32Array, at: number) => void
/** Unpacks `count` values (a multiple of 32) from word `at` on. */
export type Unpack = (words: Uint32Array, at: number, count: number, out: Uint32Array) => void

const pack1: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 1) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 1) | (values[i + 2]! << 2) | (values[i + 3]! << 3) | (values[i + 4]! << 4) | (values[i + 5]! << 5) | (values[i + 6]! << 6) | (values[i + 7]! << 7) | (values[i + 8]! << 8) | (values[i + 9]! << 9) | (values[i + 10]! << 10) | (values[i + 11]! << 11) | (values[i + 12]! << 12) | (values[i + 13]! << 13) | (values[i + 14]! << 14) | (values[i + 15]! << 15) | (values[i + 16]! << 16) | (values[i + 17]! << 17) | (values[i + 18]! << 18) | (values[i + 19]! << 19) | (values[i + 20]! << 20) | (values[i + 21]! << 21) | (values[i + 22]! << 22) | (values[i + 23]! << 23) | (values[i + 24]! << 24) | (values[i + 25]! << 25) | (values[i + 26]! << 26) | (values[i + 27]! << 27) | (values[i + 28]! << 28) | (values[i + 29]! << 29) | (values[i + 30]! << 30) | (values[i + 31]! << 31)
  }
}
const pack2: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 2) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 2) | (values[i + 2]! << 4) | (values[i + 3]! << 6) | (values[i + 4]! << 8) | (values[i + 5]! << 10) | (values[i + 6]! << 12) | (values[i + 7]! << 14) | (values[i + 8]! << 16) | (values[i + 9]! << 18) | (values[i + 10]! << 20) | (values[i + 11]! << 22) | (values[i + 12]! << 24) | (values[i + 13]! << 26) | (values[i + 14]! << 28) | (values[i + 15]! << 30)
    out[p + 1] = values[i + 16]! | (values[i + 17]! << 2) | (values[i + 18]! << 4) | (values[i + 19]! << 6) | (values[i + 20]! << 8) | (values[i + 21]! << 10) | (values[i + 22]! << 12) | (values[i + 23]! << 14) | (values[i + 24]! << 16) | (values[i + 25]! << 18) | (values[i + 26]! << 20) | (values[i + 27]! << 22) | (values[i + 28]! << 24) | (values[i + 29]! << 26) | (values[i + 30]! << 28) | (values[i + 31]! << 30)
  }
}
const pack3: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 3) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 3) | (values[i + 2]! << 6) | (values[i + 3]! << 9) | (values[i + 4]! << 12) | (values[i + 5]! << 15) | (values[i + 6]! << 18) | (values[i + 7]! << 21) | (values[i + 8]! << 24) | (values[i + 9]! << 27) | (values[i + 10]! << 30)
    out[p + 1] = (values[i + 10]! >>> 2) | (values[i + 11]! << 1) | (values[i + 12]! << 4) | (values[i + 13]! << 7) | (values[i + 14]! << 10) | (values[i + 15]! << 13) | (values[i + 16]! << 16) | (values[i + 17]! << 19) | (values[i + 18]! << 22) | (values[i + 19]! << 25) | (values[i + 20]! << 28) | (values[i + 21]! << 31)
    out[p + 2] = (values[i + 21]! >>> 1) | (values[i + 22]! << 2) | (values[i + 23]! << 5) | (values[i + 24]! << 8) | (values[i + 25]! << 11) | (values[i + 26]! << 14) | (values[i + 27]! << 17) | (values[i + 28]! << 20) | (values[i + 29]! << 23) | (values[i + 30]! << 26) | (values[i + 31]! << 29)
  }
}
const pack4: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 4) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 4) | (values[i + 2]! << 8) | (values[i + 3]! << 12) | (values[i + 4]! << 16) | (values[i + 5]! << 20) | (values[i + 6]! << 24) | (values[i + 7]! << 28)
    out[p + 1] = values[i + 8]! | (values[i + 9]! << 4) | (values[i + 10]! << 8) | (values[i + 11]! << 12) | (values[i + 12]! << 16) | (values[i + 13]! << 20) | (values[i + 14]! << 24) | (values[i + 15]! << 28)
    out[p + 2] = values[i + 16]! | (values[i + 17]! << 4) | (values[i + 18]! << 8) | (values[i + 19]! << 12) | (values[i + 20]! << 16) | (values[i + 21]! << 20) | (values[i + 22]! << 24) | (values[i + 23]! << 28)
    out[p + 3] = values[i + 24]! | (values[i + 25]! << 4) | (values[i + 26]! << 8) | (values[i + 27]! << 12) | (values[i + 28]! << 16) | (values[i + 29]! << 20) | (values[i + 30]! << 24) | (values[i + 31]! << 28)
  }
}
const pack5: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 5) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 5) | (values[i + 2]! << 10) | (values[i + 3]! << 15) | (values[i + 4]! << 20) | (values[i + 5]! << 25) | (values[i + 6]! << 30)
    out[p + 1] = (values[i + 6]! >>> 2) | (values[i + 7]! << 3) | (values[i + 8]! << 8) | (values[i + 9]! << 13) | (values[i + 10]! << 18) | (values[i + 11]! << 23) | (values[i + 12]! << 28)
    out[p + 2] = (values[i + 12]! >>> 4) | (values[i + 13]! << 1) | (values[i + 14]! << 6) | (values[i + 15]! << 11) | (values[i + 16]! << 16) | (values[i + 17]! << 21) | (values[i + 18]! << 26) | (values[i + 19]! << 31)
    out[p + 3] = (values[i + 19]! >>> 1) | (values[i + 20]! << 4) | (values[i + 21]! << 9) | (values[i + 22]! << 14) | (values[i + 23]! << 19) | (values[i + 24]! << 24) | (values[i + 25]! << 29)
    out[p + 4] = (values[i + 25]! >>> 3) | (values[i + 26]! << 2) | (values[i + 27]! << 7) | (values[i + 28]! << 12) | (values[i + 29]! << 17) | (values[i + 30]! << 22) | (values[i + 31]! << 27)
  }
}
const pack6: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 6) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 6) | (values[i + 2]! << 12) | (values[i + 3]! << 18) | (values[i + 4]! << 24) | (values[i + 5]! << 30)
    out[p + 1] = (values[i + 5]! >>> 2) | (values[i + 6]! << 4) | (values[i + 7]! << 10) | (values[i + 8]! << 16) | (values[i + 9]! << 22) | (values[i + 10]! << 28)
    out[p + 2] = (values[i + 10]! >>> 4) | (values[i + 11]! << 2) | (values[i + 12]! << 8) | (values[i + 13]! << 14) | (values[i + 14]! << 20) | (values[i + 15]! << 26)
    out[p + 3] = values[i + 16]! | (values[i + 17]! << 6) | (values[i + 18]! << 12) | (values[i + 19]! << 18) | (values[i + 20]! << 24) | (values[i + 21]! << 30)
    out[p + 4] = (values[i + 21]! >>> 2) | (values[i + 22]! << 4) | (values[i + 23]! << 10) | (values[i + 24]! << 16) | (values[i + 25]! << 22) | (values[i + 26]! << 28)
    out[p + 5] = (values[i + 26]! >>> 4) | (values[i + 27]! << 2) | (values[i + 28]! << 8) | (values[i + 29]! << 14) | (values[i + 30]! << 20) | (values[i + 31]! << 26)
  }
}
const pack7: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 7) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 7) | (values[i + 2]! << 14) | (values[i + 3]! << 21) | (values[i + 4]! << 28)
    out[p + 1] = (values[i + 4]! >>> 4) | (values[i + 5]! << 3) | (values[i + 6]! << 10) | (values[i + 7]! << 17) | (values[i + 8]! << 24) | (values[i + 9]! << 31)
    out[p + 2] = (values[i + 9]! >>> 1) | (values[i + 10]! << 6) | (values[i + 11]! << 13) | (values[i + 12]! << 20) | (values[i + 13]! << 27)
    out[p + 3] = (values[i + 13]! >>> 5) | (values[i + 14]! << 2) | (values[i + 15]! << 9) | (values[i + 16]! << 16) | (values[i + 17]! << 23) | (values[i + 18]! << 30)
    out[p + 4] = (values[i + 18]! >>> 2) | (values[i + 19]! << 5) | (values[i + 20]! << 12) | (values[i + 21]! << 19) | (values[i + 22]! << 26)
    out[p + 5] = (values[i + 22]! >>> 6) | (values[i + 23]! << 1) | (values[i + 24]! << 8) | (values[i + 25]! << 15) | (values[i + 26]! << 22) | (values[i + 27]! << 29)
    out[p + 6] = (values[i + 27]! >>> 3) | (values[i + 28]! << 4) | (values[i + 29]! << 11) | (values[i + 30]! << 18) | (values[i + 31]! << 25)
  }
}
const pack8: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 8) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 8) | (values[i + 2]! << 16) | (values[i + 3]! << 24)
    out[p + 1] = values[i + 4]! | (values[i + 5]! << 8) | (values[i + 6]! << 16) | (values[i + 7]! << 24)
    out[p + 2] = values[i + 8]! | (values[i + 9]! << 8) | (values[i + 10]! << 16) | (values[i + 11]! << 24)
    out[p + 3] = values[i + 12]! | (values[i + 13]! << 8) | (values[i + 14]! << 16) | (values[i + 15]! << 24)
    out[p + 4] = values[i + 16]! | (values[i + 17]! << 8) | (values[i + 18]! << 16) | (values[i + 19]! << 24)
    out[p + 5] = values[i + 20]! | (values[i + 21]! << 8) | (values[i + 22]! << 16) | (values[i + 23]! << 24)
    out[p + 6] = values[i + 24]! | (values[i + 25]! << 8) | (values[i + 26]! << 16) | (values[i + 27]! << 24)
    out[p + 7] = values[i + 28]! | (values[i + 29]! << 8) | (values[i + 30]! << 16) | (values[i + 31]! << 24)
  }
}
const pack9: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 9) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 9) | (values[i + 2]! << 18) | (values[i + 3]! << 27)
    out[p + 1] = (values[i + 3]! >>> 5) | (values[i + 4]! << 4) | (values[i + 5]! << 13) | (values[i + 6]! << 22) | (values[i + 7]! << 31)
    out[p + 2] = (values[i + 7]! >>> 1) | (values[i + 8]! << 8) | (values[i + 9]! << 17) | (values[i + 10]! << 26)
    out[p + 3] = (values[i + 10]! >>> 6) | (values[i + 11]! << 3) | (values[i + 12]! << 12) | (values[i + 13]! << 21) | (values[i + 14]! << 30)
    out[p + 4] = (values[i + 14]! >>> 2) | (values[i + 15]! << 7) | (values[i + 16]! << 16) | (values[i + 17]! << 25)
    out[p + 5] = (values[i + 17]! >>> 7) | (values[i + 18]! << 2) | (values[i + 19]! << 11) | (values[i + 20]! << 20) | (values[i + 21]! << 29)
    out[p + 6] = (values[i + 21]! >>> 3) | (values[i + 22]! << 6) | (values[i + 23]! << 15) | (values[i + 24]! << 24)
    out[p + 7] = (values[i + 24]! >>> 8) | (values[i + 25]! << 1) | (values[i + 26]! << 10) | (values[i + 27]! << 19) | (values[i + 28]! << 28)
    out[p + 8] = (values[i + 28]! >>> 4) | (values[i + 29]! << 5) | (values[i + 30]! << 14) | (values[i + 31]! << 23)
  }
}
const pack10: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 10) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 10) | (values[i + 2]! << 20) | (values[i + 3]! << 30)
    out[p + 1] = (values[i + 3]! >>> 2) | (values[i + 4]! << 8) | (values[i + 5]! << 18) | (values[i + 6]! << 28)
    out[p + 2] = (values[i + 6]! >>> 4) | (values[i + 7]! << 6) | (values[i + 8]! << 16) | (values[i + 9]! << 26)
    out[p + 3] = (values[i + 9]! >>> 6) | (values[i + 10]! << 4) | (values[i + 11]! << 14) | (values[i + 12]! << 24)
    out[p + 4] = (values[i + 12]! >>> 8) | (values[i + 13]! << 2) | (values[i + 14]! << 12) | (values[i + 15]! << 22)
    out[p + 5] = values[i + 16]! | (values[i + 17]! << 10) | (values[i + 18]! << 20) | (values[i + 19]! << 30)
    out[p + 6] = (values[i + 19]! >>> 2) | (values[i + 20]! << 8) | (values[i + 21]! << 18) | (values[i + 22]! << 28)
    out[p + 7] = (values[i + 22]! >>> 4) | (values[i + 23]! << 6) | (values[i + 24]! << 16) | (values[i + 25]! << 26)
    out[p + 8] = (values[i + 25]! >>> 6) | (values[i + 26]! << 4) | (values[i + 27]! << 14) | (values[i + 28]! << 24)
    out[p + 9] = (values[i + 28]! >>> 8) | (values[i + 29]! << 2) | (values[i + 30]! << 12) | (values[i + 31]! << 22)
  }
}
const pack11: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 11) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 11) | (values[i + 2]! << 22)
    out[p + 1] = (values[i + 2]! >>> 10) | (values[i + 3]! << 1) | (values[i + 4]! << 12) | (values[i + 5]! << 23)
    out[p + 2] = (values[i + 5]! >>> 9) | (values[i + 6]! << 2) | (values[i + 7]! << 13) | (values[i + 8]! << 24)
    out[p + 3] = (values[i + 8]! >>> 8) | (values[i + 9]! << 3) | (values[i + 10]! << 14) | (values[i + 11]! << 25)
    out[p + 4] = (values[i + 11]! >>> 7) | (values[i + 12]! << 4) | (values[i + 13]! << 15) | (values[i + 14]! << 26)
    out[p + 5] = (values[i + 14]! >>> 6) | (values[i + 15]! << 5) | (values[i + 16]! << 16) | (values[i + 17]! << 27)
    out[p + 6] = (values[i + 17]! >>> 5) | (values[i + 18]! << 6) | (values[i + 19]! << 17) | (values[i + 20]! << 28)
    out[p + 7] = (values[i + 20]! >>> 4) | (values[i + 21]! << 7) | (values[i + 22]! << 18) | (values[i + 23]! << 29)
    out[p + 8] = (values[i + 23]! >>> 3) | (values[i + 24]! << 8) | (values[i + 25]! << 19) | (values[i + 26]! << 30)
    out[p + 9] = (values[i + 26]! >>> 2) | (values[i + 27]! << 9) | (values[i + 28]! << 20) | (values[i + 29]! << 31)
    out[p + 10] = (values[i + 29]! >>> 1) | (values[i + 30]! << 10) | (values[i + 31]! << 21)
  }
}
const pack12: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 12) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 12) | (values[i + 2]! << 24)
    out[p + 1] = (values[i + 2]! >>> 8) | (values[i + 3]! << 4) | (values[i + 4]! << 16) | (values[i + 5]! << 28)
    out[p + 2] = (values[i + 5]! >>> 4) | (values[i + 6]! << 8) | (values[i + 7]! << 20)
    out[p + 3] = values[i + 8]! | (values[i + 9]! << 12) | (values[i + 10]! << 24)
    out[p + 4] = (values[i + 10]! >>> 8) | (values[i + 11]! << 4) | (values[i + 12]! << 16) | (values[i + 13]! << 28)
    out[p + 5] = (values[i + 13]! >>> 4) | (values[i + 14]! << 8) | (values[i + 15]! << 20)
    out[p + 6] = values[i + 16]! | (values[i + 17]! << 12) | (values[i + 18]! << 24)
    out[p + 7] = (values[i + 18]! >>> 8) | (values[i + 19]! << 4) | (values[i + 20]! << 16) | (values[i + 21]! << 28)
    out[p + 8] = (values[i + 21]! >>> 4) | (values[i + 22]! << 8) | (values[i + 23]! << 20)
    out[p + 9] = values[i + 24]! | (values[i + 25]! << 12) | (values[i + 26]! << 24)
    out[p + 10] = (values[i + 26]! >>> 8) | (values[i + 27]! << 4) | (values[i + 28]! << 16) | (values[i + 29]! << 28)
    out[p + 11] = (values[i + 29]! >>> 4) | (values[i + 30]! << 8) | (values[i + 31]! << 20)
  }
}
const pack13: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 13) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 13) | (values[i + 2]! << 26)
    out[p + 1] = (values[i + 2]! >>> 6) | (values[i + 3]! << 7) | (values[i + 4]! << 20)
    out[p + 2] = (values[i + 4]! >>> 12) | (values[i + 5]! << 1) | (values[i + 6]! << 14) | (values[i + 7]! << 27)
    out[p + 3] = (values[i + 7]! >>> 5) | (values[i + 8]! << 8) | (values[i + 9]! << 21)
    out[p + 4] = (values[i + 9]! >>> 11) | (values[i + 10]! << 2) | (values[i + 11]! << 15) | (values[i + 12]! << 28)
    out[p + 5] = (values[i + 12]! >>> 4) | (values[i + 13]! << 9) | (values[i + 14]! << 22)
    out[p + 6] = (values[i + 14]! >>> 10) | (values[i + 15]! << 3) | (values[i + 16]! << 16) | (values[i + 17]! << 29)
    out[p + 7] = (values[i + 17]! >>> 3) | (values[i + 18]! << 10) | (values[i + 19]! << 23)
    out[p + 8] = (values[i + 19]! >>> 9) | (values[i + 20]! << 4) | (values[i + 21]! << 17) | (values[i + 22]! << 30)
    out[p + 9] = (values[i + 22]! >>> 2) | (values[i + 23]! << 11) | (values[i + 24]! << 24)
    out[p + 10] = (values[i + 24]! >>> 8) | (values[i + 25]! << 5) | (values[i + 26]! << 18) | (values[i + 27]! << 31)
    out[p + 11] = (values[i + 27]! >>> 1) | (values[i + 28]! << 12) | (values[i + 29]! << 25)
    out[p + 12] = (values[i + 29]! >>> 7) | (values[i + 30]! << 6) | (values[i + 31]! << 19)
  }
}
const pack14: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 14) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 14) | (values[i + 2]! << 28)
    out[p + 1] = (values[i + 2]! >>> 4) | (values[i + 3]! << 10) | (values[i + 4]! << 24)
    out[p + 2] = (values[i + 4]! >>> 8) | (values[i + 5]! << 6) | (values[i + 6]! << 20)
    out[p + 3] = (values[i + 6]! >>> 12) | (values[i + 7]! << 2) | (values[i + 8]! << 16) | (values[i + 9]! << 30)
    out[p + 4] = (values[i + 9]! >>> 2) | (values[i + 10]! << 12) | (values[i + 11]! << 26)
    out[p + 5] = (values[i + 11]! >>> 6) | (values[i + 12]! << 8) | (values[i + 13]! << 22)
    out[p + 6] = (values[i + 13]! >>> 10) | (values[i + 14]! << 4) | (values[i + 15]! << 18)
    out[p + 7] = values[i + 16]! | (values[i + 17]! << 14) | (values[i + 18]! << 28)
    out[p + 8] = (values[i + 18]! >>> 4) | (values[i + 19]! << 10) | (values[i + 20]! << 24)
    out[p + 9] = (values[i + 20]! >>> 8) | (values[i + 21]! << 6) | (values[i + 22]! << 20)
    out[p + 10] = (values[i + 22]! >>> 12) | (values[i + 23]! << 2) | (values[i + 24]! << 16) | (values[i + 25]! << 30)
    out[p + 11] = (values[i + 25]! >>> 2) | (values[i + 26]! << 12) | (values[i + 27]! << 26)
    out[p + 12] = (values[i + 27]! >>> 6) | (values[i + 28]! << 8) | (values[i + 29]! << 22)
    out[p + 13] = (values[i + 29]! >>> 10) | (values[i + 30]! << 4) | (values[i + 31]! << 18)
  }
}
const pack15: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 15) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 15) | (values[i + 2]! << 30)
    out[p + 1] = (values[i + 2]! >>> 2) | (values[i + 3]! << 13) | (values[i + 4]! << 28)
    out[p + 2] = (values[i + 4]! >>> 4) | (values[i + 5]! << 11) | (values[i + 6]! << 26)
    out[p + 3] = (values[i + 6]! >>> 6) | (values[i + 7]! << 9) | (values[i + 8]! << 24)
    out[p + 4] = (values[i + 8]! >>> 8) | (values[i + 9]! << 7) | (values[i + 10]! << 22)
    out[p + 5] = (values[i + 10]! >>> 10) | (values[i + 11]! << 5) | (values[i + 12]! << 20)
    out[p + 6] = (values[i + 12]! >>> 12) | (values[i + 13]! << 3) | (values[i + 14]! << 18)
    out[p + 7] = (values[i + 14]! >>> 14) | (values[i + 15]! << 1) | (values[i + 16]! << 16) | (values[i + 17]! << 31)
    out[p + 8] = (values[i + 17]! >>> 1) | (values[i + 18]! << 14) | (values[i + 19]! << 29)
    out[p + 9] = (values[i + 19]! >>> 3) | (values[i + 20]! << 12) | (values[i + 21]! << 27)
    out[p + 10] = (values[i + 21]! >>> 5) | (values[i + 22]! << 10) | (values[i + 23]! << 25)
    out[p + 11] = (values[i + 23]! >>> 7) | (values[i + 24]! << 8) | (values[i + 25]! << 23)
    out[p + 12] = (values[i + 25]! >>> 9) | (values[i + 26]! << 6) | (values[i + 27]! << 21)
    out[p + 13] = (values[i + 27]! >>> 11) | (values[i + 28]! << 4) | (values[i + 29]! << 19)
    out[p + 14] = (values[i + 29]! >>> 13) | (values[i + 30]! << 2) | (values[i + 31]! << 17)
  }
}
const pack16: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 16) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 16)
    out[p + 1] = values[i + 2]! | (values[i + 3]! << 16)
    out[p + 2] = values[i + 4]! | (values[i + 5]! << 16)
    out[p + 3] = values[i + 6]! | (values[i + 7]! << 16)
    out[p + 4] = values[i + 8]! | (values[i + 9]! << 16)
    out[p + 5] = values[i + 10]! | (values[i + 11]! << 16)
    out[p + 6] = values[i + 12]! | (values[i + 13]! << 16)
    out[p + 7] = values[i + 14]! | (values[i + 15]! << 16)
    out[p + 8] = values[i + 16]! | (values[i + 17]! << 16)
    out[p + 9] = values[i + 18]! | (values[i + 19]! << 16)
    out[p + 10] = values[i + 20]! | (values[i + 21]! << 16)
    out[p + 11] = values[i + 22]! | (values[i + 23]! << 16)
    out[p + 12] = values[i + 24]! | (values[i + 25]! << 16)
    out[p + 13] = values[i + 26]! | (values[i + 27]! << 16)
    out[p + 14] = values[i + 28]! | (values[i + 29]! << 16)
    out[p + 15] = values[i + 30]! | (values[i + 31]! << 16)
  }
}
const pack17: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 17) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 17)
    out[p + 1] = (values[i + 1]! >>> 15) | (values[i + 2]! << 2) | (values[i + 3]! << 19)
    out[p + 2] = (values[i + 3]! >>> 13) | (values[i + 4]! << 4) | (values[i + 5]! << 21)
    out[p + 3] = (values[i + 5]! >>> 11) | (values[i + 6]! << 6) | (values[i + 7]! << 23)
    out[p + 4] = (values[i + 7]! >>> 9) | (values[i + 8]! << 8) | (values[i + 9]! << 25)
    out[p + 5] = (values[i + 9]! >>> 7) | (values[i + 10]! << 10) | (values[i + 11]! << 27)
    out[p + 6] = (values[i + 11]! >>> 5) | (values[i + 12]! << 12) | (values[i + 13]! << 29)
    out[p + 7] = (values[i + 13]! >>> 3) | (values[i + 14]! << 14) | (values[i + 15]! << 31)
    out[p + 8] = (values[i + 15]! >>> 1) | (values[i + 16]! << 16)
    out[p + 9] = (values[i + 16]! >>> 16) | (values[i + 17]! << 1) | (values[i + 18]! << 18)
    out[p + 10] = (values[i + 18]! >>> 14) | (values[i + 19]! << 3) | (values[i + 20]! << 20)
    out[p + 11] = (values[i + 20]! >>> 12) | (values[i + 21]! << 5) | (values[i + 22]! << 22)
    out[p + 12] = (values[i + 22]! >>> 10) | (values[i + 23]! << 7) | (values[i + 24]! << 24)
    out[p + 13] = (values[i + 24]! >>> 8) | (values[i + 25]! << 9) | (values[i + 26]! << 26)
    out[p + 14] = (values[i + 26]! >>> 6) | (values[i + 27]! << 11) | (values[i + 28]! << 28)
    out[p + 15] = (values[i + 28]! >>> 4) | (values[i + 29]! << 13) | (values[i + 30]! << 30)
    out[p + 16] = (values[i + 30]! >>> 2) | (values[i + 31]! << 15)
  }
}
const pack18: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 18) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 18)
    out[p + 1] = (values[i + 1]! >>> 14) | (values[i + 2]! << 4) | (values[i + 3]! << 22)
    out[p + 2] = (values[i + 3]! >>> 10) | (values[i + 4]! << 8) | (values[i + 5]! << 26)
    out[p + 3] = (values[i + 5]! >>> 6) | (values[i + 6]! << 12) | (values[i + 7]! << 30)
    out[p + 4] = (values[i + 7]! >>> 2) | (values[i + 8]! << 16)
    out[p + 5] = (values[i + 8]! >>> 16) | (values[i + 9]! << 2) | (values[i + 10]! << 20)
    out[p + 6] = (values[i + 10]! >>> 12) | (values[i + 11]! << 6) | (values[i + 12]! << 24)
    out[p + 7] = (values[i + 12]! >>> 8) | (values[i + 13]! << 10) | (values[i + 14]! << 28)
    out[p + 8] = (values[i + 14]! >>> 4) | (values[i + 15]! << 14)
    out[p + 9] = values[i + 16]! | (values[i + 17]! << 18)
    out[p + 10] = (values[i + 17]! >>> 14) | (values[i + 18]! << 4) | (values[i + 19]! << 22)
    out[p + 11] = (values[i + 19]! >>> 10) | (values[i + 20]! << 8) | (values[i + 21]! << 26)
    out[p + 12] = (values[i + 21]! >>> 6) | (values[i + 22]! << 12) | (values[i + 23]! << 30)
    out[p + 13] = (values[i + 23]! >>> 2) | (values[i + 24]! << 16)
    out[p + 14] = (values[i + 24]! >>> 16) | (values[i + 25]! << 2) | (values[i + 26]! << 20)
    out[p + 15] = (values[i + 26]! >>> 12) | (values[i + 27]! << 6) | (values[i + 28]! << 24)
    out[p + 16] = (values[i + 28]! >>> 8) | (values[i + 29]! << 10) | (values[i + 30]! << 28)
    out[p + 17] = (values[i + 30]! >>> 4) | (values[i + 31]! << 14)
  }
}
const pack19: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 19) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 19)
    out[p + 1] = (values[i + 1]! >>> 13) | (values[i + 2]! << 6) | (values[i + 3]! << 25)
    out[p + 2] = (values[i + 3]! >>> 7) | (values[i + 4]! << 12) | (values[i + 5]! << 31)
    out[p + 3] = (values[i + 5]! >>> 1) | (values[i + 6]! << 18)
    out[p + 4] = (values[i + 6]! >>> 14) | (values[i + 7]! << 5) | (values[i + 8]! << 24)
    out[p + 5] = (values[i + 8]! >>> 8) | (values[i + 9]! << 11) | (values[i + 10]! << 30)
    out[p + 6] = (values[i + 10]! >>> 2) | (values[i + 11]! << 17)
    out[p + 7] = (values[i + 11]! >>> 15) | (values[i + 12]! << 4) | (values[i + 13]! << 23)
    out[p + 8] = (values[i + 13]! >>> 9) | (values[i + 14]! << 10) | (values[i + 15]! << 29)
    out[p + 9] = (values[i + 15]! >>> 3) | (values[i + 16]! << 16)
    out[p + 10] = (values[i + 16]! >>> 16) | (values[i + 17]! << 3) | (values[i + 18]! << 22)
    out[p + 11] = (values[i + 18]! >>> 10) | (values[i + 19]! << 9) | (values[i + 20]! << 28)
    out[p + 12] = (values[i + 20]! >>> 4) | (values[i + 21]! << 15)
    out[p + 13] = (values[i + 21]! >>> 17) | (values[i + 22]! << 2) | (values[i + 23]! << 21)
    out[p + 14] = (values[i + 23]! >>> 11) | (values[i + 24]! << 8) | (values[i + 25]! << 27)
    out[p + 15] = (values[i + 25]! >>> 5) | (values[i + 26]! << 14)
    out[p + 16] = (values[i + 26]! >>> 18) | (values[i + 27]! << 1) | (values[i + 28]! << 20)
    out[p + 17] = (values[i + 28]! >>> 12) | (values[i + 29]! << 7) | (values[i + 30]! << 26)
    out[p + 18] = (values[i + 30]! >>> 6) | (values[i + 31]! << 13)
  }
}
const pack20: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 20) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 20)
    out[p + 1] = (values[i + 1]! >>> 12) | (values[i + 2]! << 8) | (values[i + 3]! << 28)
    out[p + 2] = (values[i + 3]! >>> 4) | (values[i + 4]! << 16)
    out[p + 3] = (values[i + 4]! >>> 16) | (values[i + 5]! << 4) | (values[i + 6]! << 24)
    out[p + 4] = (values[i + 6]! >>> 8) | (values[i + 7]! << 12)
    out[p + 5] = values[i + 8]! | (values[i + 9]! << 20)
    out[p + 6] = (values[i + 9]! >>> 12) | (values[i + 10]! << 8) | (values[i + 11]! << 28)
    out[p + 7] = (values[i + 11]! >>> 4) | (values[i + 12]! << 16)
    out[p + 8] = (values[i + 12]! >>> 16) | (values[i + 13]! << 4) | (values[i + 14]! << 24)
    out[p + 9] = (values[i + 14]! >>> 8) | (values[i + 15]! << 12)
    out[p + 10] = values[i + 16]! | (values[i + 17]! << 20)
    out[p + 11] = (values[i + 17]! >>> 12) | (values[i + 18]! << 8) | (values[i + 19]! << 28)
    out[p + 12] = (values[i + 19]! >>> 4) | (values[i + 20]! << 16)
    out[p + 13] = (values[i + 20]! >>> 16) | (values[i + 21]! << 4) | (values[i + 22]! << 24)
    out[p + 14] = (values[i + 22]! >>> 8) | (values[i + 23]! << 12)
    out[p + 15] = values[i + 24]! | (values[i + 25]! << 20)
    out[p + 16] = (values[i + 25]! >>> 12) | (values[i + 26]! << 8) | (values[i + 27]! << 28)
    out[p + 17] = (values[i + 27]! >>> 4) | (values[i + 28]! << 16)
    out[p + 18] = (values[i + 28]! >>> 16) | (values[i + 29]! << 4) | (values[i + 30]! << 24)
    out[p + 19] = (values[i + 30]! >>> 8) | (values[i + 31]! << 12)
  }
}
const pack21: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 21) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 21)
    out[p + 1] = (values[i + 1]! >>> 11) | (values[i + 2]! << 10) | (values[i + 3]! << 31)
    out[p + 2] = (values[i + 3]! >>> 1) | (values[i + 4]! << 20)
    out[p + 3] = (values[i + 4]! >>> 12) | (values[i + 5]! << 9) | (values[i + 6]! << 30)
    out[p + 4] = (values[i + 6]! >>> 2) | (values[i + 7]! << 19)
    out[p + 5] = (values[i + 7]! >>> 13) | (values[i + 8]! << 8) | (values[i + 9]! << 29)
    out[p + 6] = (values[i + 9]! >>> 3) | (values[i + 10]! << 18)
    out[p + 7] = (values[i + 10]! >>> 14) | (values[i + 11]! << 7) | (values[i + 12]! << 28)
    out[p + 8] = (values[i + 12]! >>> 4) | (values[i + 13]! << 17)
    out[p + 9] = (values[i + 13]! >>> 15) | (values[i + 14]! << 6) | (values[i + 15]! << 27)
    out[p + 10] = (values[i + 15]! >>> 5) | (values[i + 16]! << 16)
    out[p + 11] = (values[i + 16]! >>> 16) | (values[i + 17]! << 5) | (values[i + 18]! << 26)
    out[p + 12] = (values[i + 18]! >>> 6) | (values[i + 19]! << 15)
    out[p + 13] = (values[i + 19]! >>> 17) | (values[i + 20]! << 4) | (values[i + 21]! << 25)
    out[p + 14] = (values[i + 21]! >>> 7) | (values[i + 22]! << 14)
    out[p + 15] = (values[i + 22]! >>> 18) | (values[i + 23]! << 3) | (values[i + 24]! << 24)
    out[p + 16] = (values[i + 24]! >>> 8) | (values[i + 25]! << 13)
    out[p + 17] = (values[i + 25]! >>> 19) | (values[i + 26]! << 2) | (values[i + 27]! << 23)
    out[p + 18] = (values[i + 27]! >>> 9) | (values[i + 28]! << 12)
    out[p + 19] = (values[i + 28]! >>> 20) | (values[i + 29]! << 1) | (values[i + 30]! << 22)
    out[p + 20] = (values[i + 30]! >>> 10) | (values[i + 31]! << 11)
  }
}
const pack22: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 22) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 22)
    out[p + 1] = (values[i + 1]! >>> 10) | (values[i + 2]! << 12)
    out[p + 2] = (values[i + 2]! >>> 20) | (values[i + 3]! << 2) | (values[i + 4]! << 24)
    out[p + 3] = (values[i + 4]! >>> 8) | (values[i + 5]! << 14)
    out[p + 4] = (values[i + 5]! >>> 18) | (values[i + 6]! << 4) | (values[i + 7]! << 26)
    out[p + 5] = (values[i + 7]! >>> 6) | (values[i + 8]! << 16)
    out[p + 6] = (values[i + 8]! >>> 16) | (values[i + 9]! << 6) | (values[i + 10]! << 28)
    out[p + 7] = (values[i + 10]! >>> 4) | (values[i + 11]! << 18)
    out[p + 8] = (values[i + 11]! >>> 14) | (values[i + 12]! << 8) | (values[i + 13]! << 30)
    out[p + 9] = (values[i + 13]! >>> 2) | (values[i + 14]! << 20)
    out[p + 10] = (values[i + 14]! >>> 12) | (values[i + 15]! << 10)
    out[p + 11] = values[i + 16]! | (values[i + 17]! << 22)
    out[p + 12] = (values[i + 17]! >>> 10) | (values[i + 18]! << 12)
    out[p + 13] = (values[i + 18]! >>> 20) | (values[i + 19]! << 2) | (values[i + 20]! << 24)
    out[p + 14] = (values[i + 20]! >>> 8) | (values[i + 21]! << 14)
    out[p + 15] = (values[i + 21]! >>> 18) | (values[i + 22]! << 4) | (values[i + 23]! << 26)
    out[p + 16] = (values[i + 23]! >>> 6) | (values[i + 24]! << 16)
    out[p + 17] = (values[i + 24]! >>> 16) | (values[i + 25]! << 6) | (values[i + 26]! << 28)
    out[p + 18] = (values[i + 26]! >>> 4) | (values[i + 27]! << 18)
    out[p + 19] = (values[i + 27]! >>> 14) | (values[i + 28]! << 8) | (values[i + 29]! << 30)
    out[p + 20] = (values[i + 29]! >>> 2) | (values[i + 30]! << 20)
    out[p + 21] = (values[i + 30]! >>> 12) | (values[i + 31]! << 10)
  }
}
const pack23: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 23) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 23)
    out[p + 1] = (values[i + 1]! >>> 9) | (values[i + 2]! << 14)
    out[p + 2] = (values[i + 2]! >>> 18) | (values[i + 3]! << 5) | (values[i + 4]! << 28)
    out[p + 3] = (values[i + 4]! >>> 4) | (values[i + 5]! << 19)
    out[p + 4] = (values[i + 5]! >>> 13) | (values[i + 6]! << 10)
    out[p + 5] = (values[i + 6]! >>> 22) | (values[i + 7]! << 1) | (values[i + 8]! << 24)
    out[p + 6] = (values[i + 8]! >>> 8) | (values[i + 9]! << 15)
    out[p + 7] = (values[i + 9]! >>> 17) | (values[i + 10]! << 6) | (values[i + 11]! << 29)
    out[p + 8] = (values[i + 11]! >>> 3) | (values[i + 12]! << 20)
    out[p + 9] = (values[i + 12]! >>> 12) | (values[i + 13]! << 11)
    out[p + 10] = (values[i + 13]! >>> 21) | (values[i + 14]! << 2) | (values[i + 15]! << 25)
    out[p + 11] = (values[i + 15]! >>> 7) | (values[i + 16]! << 16)
    out[p + 12] = (values[i + 16]! >>> 16) | (values[i + 17]! << 7) | (values[i + 18]! << 30)
    out[p + 13] = (values[i + 18]! >>> 2) | (values[i + 19]! << 21)
    out[p + 14] = (values[i + 19]! >>> 11) | (values[i + 20]! << 12)
    out[p + 15] = (values[i + 20]! >>> 20) | (values[i + 21]! << 3) | (values[i + 22]! << 26)
    out[p + 16] = (values[i + 22]! >>> 6) | (values[i + 23]! << 17)
    out[p + 17] = (values[i + 23]! >>> 15) | (values[i + 24]! << 8) | (values[i + 25]! << 31)
    out[p + 18] = (values[i + 25]! >>> 1) | (values[i + 26]! << 22)
    out[p + 19] = (values[i + 26]! >>> 10) | (values[i + 27]! << 13)
    out[p + 20] = (values[i + 27]! >>> 19) | (values[i + 28]! << 4) | (values[i + 29]! << 27)
    out[p + 21] = (values[i + 29]! >>> 5) | (values[i + 30]! << 18)
    out[p + 22] = (values[i + 30]! >>> 14) | (values[i + 31]! << 9)
  }
}
const pack24: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 24) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 24)
    out[p + 1] = (values[i + 1]! >>> 8) | (values[i + 2]! << 16)
    out[p + 2] = (values[i + 2]! >>> 16) | (values[i + 3]! << 8)
    out[p + 3] = values[i + 4]! | (values[i + 5]! << 24)
    out[p + 4] = (values[i + 5]! >>> 8) | (values[i + 6]! << 16)
    out[p + 5] = (values[i + 6]! >>> 16) | (values[i + 7]! << 8)
    out[p + 6] = values[i + 8]! | (values[i + 9]! << 24)
    out[p + 7] = (values[i + 9]! >>> 8) | (values[i + 10]! << 16)
    out[p + 8] = (values[i + 10]! >>> 16) | (values[i + 11]! << 8)
    out[p + 9] = values[i + 12]! | (values[i + 13]! << 24)
    out[p + 10] = (values[i + 13]! >>> 8) | (values[i + 14]! << 16)
    out[p + 11] = (values[i + 14]! >>> 16) | (values[i + 15]! << 8)
    out[p + 12] = values[i + 16]! | (values[i + 17]! << 24)
    out[p + 13] = (values[i + 17]! >>> 8) | (values[i + 18]! << 16)
    out[p + 14] = (values[i + 18]! >>> 16) | (values[i + 19]! << 8)
    out[p + 15] = values[i + 20]! | (values[i + 21]! << 24)
    out[p + 16] = (values[i + 21]! >>> 8) | (values[i + 22]! << 16)
    out[p + 17] = (values[i + 22]! >>> 16) | (values[i + 23]! << 8)
    out[p + 18] = values[i + 24]! | (values[i + 25]! << 24)
    out[p + 19] = (values[i + 25]! >>> 8) | (values[i + 26]! << 16)
    out[p + 20] = (values[i + 26]! >>> 16) | (values[i + 27]! << 8)
    out[p + 21] = values[i + 28]! | (values[i + 29]! << 24)
    out[p + 22] = (values[i + 29]! >>> 8) | (values[i + 30]! << 16)
    out[p + 23] = (values[i + 30]! >>> 16) | (values[i + 31]! << 8)
  }
}
const pack25: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 25) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 25)
    out[p + 1] = (values[i + 1]! >>> 7) | (values[i + 2]! << 18)
    out[p + 2] = (values[i + 2]! >>> 14) | (values[i + 3]! << 11)
    out[p + 3] = (values[i + 3]! >>> 21) | (values[i + 4]! << 4) | (values[i + 5]! << 29)
    out[p + 4] = (values[i + 5]! >>> 3) | (values[i + 6]! << 22)
    out[p + 5] = (values[i + 6]! >>> 10) | (values[i + 7]! << 15)
    out[p + 6] = (values[i + 7]! >>> 17) | (values[i + 8]! << 8)
    out[p + 7] = (values[i + 8]! >>> 24) | (values[i + 9]! << 1) | (values[i + 10]! << 26)
    out[p + 8] = (values[i + 10]! >>> 6) | (values[i + 11]! << 19)
    out[p + 9] = (values[i + 11]! >>> 13) | (values[i + 12]! << 12)
    out[p + 10] = (values[i + 12]! >>> 20) | (values[i + 13]! << 5) | (values[i + 14]! << 30)
    out[p + 11] = (values[i + 14]! >>> 2) | (values[i + 15]! << 23)
    out[p + 12] = (values[i + 15]! >>> 9) | (values[i + 16]! << 16)
    out[p + 13] = (values[i + 16]! >>> 16) | (values[i + 17]! << 9)
    out[p + 14] = (values[i + 17]! >>> 23) | (values[i + 18]! << 2) | (values[i + 19]! << 27)
    out[p + 15] = (values[i + 19]! >>> 5) | (values[i + 20]! << 20)
    out[p + 16] = (values[i + 20]! >>> 12) | (values[i + 21]! << 13)
    out[p + 17] = (values[i + 21]! >>> 19) | (values[i + 22]! << 6) | (values[i + 23]! << 31)
    out[p + 18] = (values[i + 23]! >>> 1) | (values[i + 24]! << 24)
    out[p + 19] = (values[i + 24]! >>> 8) | (values[i + 25]! << 17)
    out[p + 20] = (values[i + 25]! >>> 15) | (values[i + 26]! << 10)
    out[p + 21] = (values[i + 26]! >>> 22) | (values[i + 27]! << 3) | (values[i + 28]! << 28)
    out[p + 22] = (values[i + 28]! >>> 4) | (values[i + 29]! << 21)
    out[p + 23] = (values[i + 29]! >>> 11) | (values[i + 30]! << 14)
    out[p + 24] = (values[i + 30]! >>> 18) | (values[i + 31]! << 7)
  }
}
const pack26: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 26) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 26)
    out[p + 1] = (values[i + 1]! >>> 6) | (values[i + 2]! << 20)
    out[p + 2] = (values[i + 2]! >>> 12) | (values[i + 3]! << 14)
    out[p + 3] = (values[i + 3]! >>> 18) | (values[i + 4]! << 8)
    out[p + 4] = (values[i + 4]! >>> 24) | (values[i + 5]! << 2) | (values[i + 6]! << 28)
    out[p + 5] = (values[i + 6]! >>> 4) | (values[i + 7]! << 22)
    out[p + 6] = (values[i + 7]! >>> 10) | (values[i + 8]! << 16)
    out[p + 7] = (values[i + 8]! >>> 16) | (values[i + 9]! << 10)
    out[p + 8] = (values[i + 9]! >>> 22) | (values[i + 10]! << 4) | (values[i + 11]! << 30)
    out[p + 9] = (values[i + 11]! >>> 2) | (values[i + 12]! << 24)
    out[p + 10] = (values[i + 12]! >>> 8) | (values[i + 13]! << 18)
    out[p + 11] = (values[i + 13]! >>> 14) | (values[i + 14]! << 12)
    out[p + 12] = (values[i + 14]! >>> 20) | (values[i + 15]! << 6)
    out[p + 13] = values[i + 16]! | (values[i + 17]! << 26)
    out[p + 14] = (values[i + 17]! >>> 6) | (values[i + 18]! << 20)
    out[p + 15] = (values[i + 18]! >>> 12) | (values[i + 19]! << 14)
    out[p + 16] = (values[i + 19]! >>> 18) | (values[i + 20]! << 8)
    out[p + 17] = (values[i + 20]! >>> 24) | (values[i + 21]! << 2) | (values[i + 22]! << 28)
    out[p + 18] = (values[i + 22]! >>> 4) | (values[i + 23]! << 22)
    out[p + 19] = (values[i + 23]! >>> 10) | (values[i + 24]! << 16)
    out[p + 20] = (values[i + 24]! >>> 16) | (values[i + 25]! << 10)
    out[p + 21] = (values[i + 25]! >>> 22) | (values[i + 26]! << 4) | (values[i + 27]! << 30)
    out[p + 22] = (values[i + 27]! >>> 2) | (values[i + 28]! << 24)
    out[p + 23] = (values[i + 28]! >>> 8) | (values[i + 29]! << 18)
    out[p + 24] = (values[i + 29]! >>> 14) | (values[i + 30]! << 12)
    out[p + 25] = (values[i + 30]! >>> 20) | (values[i + 31]! << 6)
  }
}
const pack27: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 27) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 27)
    out[p + 1] = (values[i + 1]! >>> 5) | (values[i + 2]! << 22)
    out[p + 2] = (values[i + 2]! >>> 10) | (values[i + 3]! << 17)
    out[p + 3] = (values[i + 3]! >>> 15) | (values[i + 4]! << 12)
    out[p + 4] = (values[i + 4]! >>> 20) | (values[i + 5]! << 7)
    out[p + 5] = (values[i + 5]! >>> 25) | (values[i + 6]! << 2) | (values[i + 7]! << 29)
    out[p + 6] = (values[i + 7]! >>> 3) | (values[i + 8]! << 24)
    out[p + 7] = (values[i + 8]! >>> 8) | (values[i + 9]! << 19)
    out[p + 8] = (values[i + 9]! >>> 13) | (values[i + 10]! << 14)
    out[p + 9] = (values[i + 10]! >>> 18) | (values[i + 11]! << 9)
    out[p + 10] = (values[i + 11]! >>> 23) | (values[i + 12]! << 4) | (values[i + 13]! << 31)
    out[p + 11] = (values[i + 13]! >>> 1) | (values[i + 14]! << 26)
    out[p + 12] = (values[i + 14]! >>> 6) | (values[i + 15]! << 21)
    out[p + 13] = (values[i + 15]! >>> 11) | (values[i + 16]! << 16)
    out[p + 14] = (values[i + 16]! >>> 16) | (values[i + 17]! << 11)
    out[p + 15] = (values[i + 17]! >>> 21) | (values[i + 18]! << 6)
    out[p + 16] = (values[i + 18]! >>> 26) | (values[i + 19]! << 1) | (values[i + 20]! << 28)
    out[p + 17] = (values[i + 20]! >>> 4) | (values[i + 21]! << 23)
    out[p + 18] = (values[i + 21]! >>> 9) | (values[i + 22]! << 18)
    out[p + 19] = (values[i + 22]! >>> 14) | (values[i + 23]! << 13)
    out[p + 20] = (values[i + 23]! >>> 19) | (values[i + 24]! << 8)
    out[p + 21] = (values[i + 24]! >>> 24) | (values[i + 25]! << 3) | (values[i + 26]! << 30)
    out[p + 22] = (values[i + 26]! >>> 2) | (values[i + 27]! << 25)
    out[p + 23] = (values[i + 27]! >>> 7) | (values[i + 28]! << 20)
    out[p + 24] = (values[i + 28]! >>> 12) | (values[i + 29]! << 15)
    out[p + 25] = (values[i + 29]! >>> 17) | (values[i + 30]! << 10)
    out[p + 26] = (values[i + 30]! >>> 22) | (values[i + 31]! << 5)
  }
}
const pack28: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 28) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 28)
    out[p + 1] = (values[i + 1]! >>> 4) | (values[i + 2]! << 24)
    out[p + 2] = (values[i + 2]! >>> 8) | (values[i + 3]! << 20)
    out[p + 3] = (values[i + 3]! >>> 12) | (values[i + 4]! << 16)
    out[p + 4] = (values[i + 4]! >>> 16) | (values[i + 5]! << 12)
    out[p + 5] = (values[i + 5]! >>> 20) | (values[i + 6]! << 8)
    out[p + 6] = (values[i + 6]! >>> 24) | (values[i + 7]! << 4)
    out[p + 7] = values[i + 8]! | (values[i + 9]! << 28)
    out[p + 8] = (values[i + 9]! >>> 4) | (values[i + 10]! << 24)
    out[p + 9] = (values[i + 10]! >>> 8) | (values[i + 11]! << 20)
    out[p + 10] = (values[i + 11]! >>> 12) | (values[i + 12]! << 16)
    out[p + 11] = (values[i + 12]! >>> 16) | (values[i + 13]! << 12)
    out[p + 12] = (values[i + 13]! >>> 20) | (values[i + 14]! << 8)
    out[p + 13] = (values[i + 14]! >>> 24) | (values[i + 15]! << 4)
    out[p + 14] = values[i + 16]! | (values[i + 17]! << 28)
    out[p + 15] = (values[i + 17]! >>> 4) | (values[i + 18]! << 24)
    out[p + 16] = (values[i + 18]! >>> 8) | (values[i + 19]! << 20)
    out[p + 17] = (values[i + 19]! >>> 12) | (values[i + 20]! << 16)
    out[p + 18] = (values[i + 20]! >>> 16) | (values[i + 21]! << 12)
    out[p + 19] = (values[i + 21]! >>> 20) | (values[i + 22]! << 8)
    out[p + 20] = (values[i + 22]! >>> 24) | (values[i + 23]! << 4)
    out[p + 21] = values[i + 24]! | (values[i + 25]! << 28)
    out[p + 22] = (values[i + 25]! >>> 4) | (values[i + 26]! << 24)
    out[p + 23] = (values[i + 26]! >>> 8) | (values[i + 27]! << 20)
    out[p + 24] = (values[i + 27]! >>> 12) | (values[i + 28]! << 16)
    out[p + 25] = (values[i + 28]! >>> 16) | (values[i + 29]! << 12)
    out[p + 26] = (values[i + 29]! >>> 20) | (values[i + 30]! << 8)
    out[p + 27] = (values[i + 30]! >>> 24) | (values[i + 31]! << 4)
  }
}
const pack29: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 29) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 29)
    out[p + 1] = (values[i + 1]! >>> 3) | (values[i + 2]! << 26)
    out[p + 2] = (values[i + 2]! >>> 6) | (values[i + 3]! << 23)
    out[p + 3] = (values[i + 3]! >>> 9) | (values[i + 4]! << 20)
    out[p + 4] = (values[i + 4]! >>> 12) | (values[i + 5]! << 17)
    out[p + 5] = (values[i + 5]! >>> 15) | (values[i + 6]! << 14)
    out[p + 6] = (values[i + 6]! >>> 18) | (values[i + 7]! << 11)
    out[p + 7] = (values[i + 7]! >>> 21) | (values[i + 8]! << 8)
    out[p + 8] = (values[i + 8]! >>> 24) | (values[i + 9]! << 5)
    out[p + 9] = (values[i + 9]! >>> 27) | (values[i + 10]! << 2) | (values[i + 11]! << 31)
    out[p + 10] = (values[i + 11]! >>> 1) | (values[i + 12]! << 28)
    out[p + 11] = (values[i + 12]! >>> 4) | (values[i + 13]! << 25)
    out[p + 12] = (values[i + 13]! >>> 7) | (values[i + 14]! << 22)
    out[p + 13] = (values[i + 14]! >>> 10) | (values[i + 15]! << 19)
    out[p + 14] = (values[i + 15]! >>> 13) | (values[i + 16]! << 16)
    out[p + 15] = (values[i + 16]! >>> 16) | (values[i + 17]! << 13)
    out[p + 16] = (values[i + 17]! >>> 19) | (values[i + 18]! << 10)
    out[p + 17] = (values[i + 18]! >>> 22) | (values[i + 19]! << 7)
    out[p + 18] = (values[i + 19]! >>> 25) | (values[i + 20]! << 4)
    out[p + 19] = (values[i + 20]! >>> 28) | (values[i + 21]! << 1) | (values[i + 22]! << 30)
    out[p + 20] = (values[i + 22]! >>> 2) | (values[i + 23]! << 27)
    out[p + 21] = (values[i + 23]! >>> 5) | (values[i + 24]! << 24)
    out[p + 22] = (values[i + 24]! >>> 8) | (values[i + 25]! << 21)
    out[p + 23] = (values[i + 25]! >>> 11) | (values[i + 26]! << 18)
    out[p + 24] = (values[i + 26]! >>> 14) | (values[i + 27]! << 15)
    out[p + 25] = (values[i + 27]! >>> 17) | (values[i + 28]! << 12)
    out[p + 26] = (values[i + 28]! >>> 20) | (values[i + 29]! << 9)
    out[p + 27] = (values[i + 29]! >>> 23) | (values[i + 30]! << 6)
    out[p + 28] = (values[i + 30]! >>> 26) | (values[i + 31]! << 3)
  }
}
const pack30: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 30) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 30)
    out[p + 1] = (values[i + 1]! >>> 2) | (values[i + 2]! << 28)
    out[p + 2] = (values[i + 2]! >>> 4) | (values[i + 3]! << 26)
    out[p + 3] = (values[i + 3]! >>> 6) | (values[i + 4]! << 24)
    out[p + 4] = (values[i + 4]! >>> 8) | (values[i + 5]! << 22)
    out[p + 5] = (values[i + 5]! >>> 10) | (values[i + 6]! << 20)
    out[p + 6] = (values[i + 6]! >>> 12) | (values[i + 7]! << 18)
    out[p + 7] = (values[i + 7]! >>> 14) | (values[i + 8]! << 16)
    out[p + 8] = (values[i + 8]! >>> 16) | (values[i + 9]! << 14)
    out[p + 9] = (values[i + 9]! >>> 18) | (values[i + 10]! << 12)
    out[p + 10] = (values[i + 10]! >>> 20) | (values[i + 11]! << 10)
    out[p + 11] = (values[i + 11]! >>> 22) | (values[i + 12]! << 8)
    out[p + 12] = (values[i + 12]! >>> 24) | (values[i + 13]! << 6)
    out[p + 13] = (values[i + 13]! >>> 26) | (values[i + 14]! << 4)
    out[p + 14] = (values[i + 14]! >>> 28) | (values[i + 15]! << 2)
    out[p + 15] = values[i + 16]! | (values[i + 17]! << 30)
    out[p + 16] = (values[i + 17]! >>> 2) | (values[i + 18]! << 28)
    out[p + 17] = (values[i + 18]! >>> 4) | (values[i + 19]! << 26)
    out[p + 18] = (values[i + 19]! >>> 6) | (values[i + 20]! << 24)
    out[p + 19] = (values[i + 20]! >>> 8) | (values[i + 21]! << 22)
    out[p + 20] = (values[i + 21]! >>> 10) | (values[i + 22]! << 20)
    out[p + 21] = (values[i + 22]! >>> 12) | (values[i + 23]! << 18)
    out[p + 22] = (values[i + 23]! >>> 14) | (values[i + 24]! << 16)
    out[p + 23] = (values[i + 24]! >>> 16) | (values[i + 25]! << 14)
    out[p + 24] = (values[i + 25]! >>> 18) | (values[i + 26]! << 12)
    out[p + 25] = (values[i + 26]! >>> 20) | (values[i + 27]! << 10)
    out[p + 26] = (values[i + 27]! >>> 22) | (values[i + 28]! << 8)
    out[p + 27] = (values[i + 28]! >>> 24) | (values[i + 29]! << 6)
    out[p + 28] = (values[i + 29]! >>> 26) | (values[i + 30]! << 4)
    out[p + 29] = (values[i + 30]! >>> 28) | (values[i + 31]! << 2)
  }
}
const pack31: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 31) {
    out[p + 0] = values[i + 0]! | (values[i + 1]! << 31)
    out[p + 1] = (values[i + 1]! >>> 1) | (values[i + 2]! << 30)
    out[p + 2] = (values[i + 2]! >>> 2) | (values[i + 3]! << 29)
    out[p + 3] = (values[i + 3]! >>> 3) | (values[i + 4]! << 28)
    out[p + 4] = (values[i + 4]! >>> 4) | (values[i + 5]! << 27)
    out[p + 5] = (values[i + 5]! >>> 5) | (values[i + 6]! << 26)
    out[p + 6] = (values[i + 6]! >>> 6) | (values[i + 7]! << 25)
    out[p + 7] = (values[i + 7]! >>> 7) | (values[i + 8]! << 24)
    out[p + 8] = (values[i + 8]! >>> 8) | (values[i + 9]! << 23)
    out[p + 9] = (values[i + 9]! >>> 9) | (values[i + 10]! << 22)
    out[p + 10] = (values[i + 10]! >>> 10) | (values[i + 11]! << 21)
    out[p + 11] = (values[i + 11]! >>> 11) | (values[i + 12]! << 20)
    out[p + 12] = (values[i + 12]! >>> 12) | (values[i + 13]! << 19)
    out[p + 13] = (values[i + 13]! >>> 13) | (values[i + 14]! << 18)
    out[p + 14] = (values[i + 14]! >>> 14) | (values[i + 15]! << 17)
    out[p + 15] = (values[i + 15]! >>> 15) | (values[i + 16]! << 16)
    out[p + 16] = (values[i + 16]! >>> 16) | (values[i + 17]! << 15)
    out[p + 17] = (values[i + 17]! >>> 17) | (values[i + 18]! << 14)
    out[p + 18] = (values[i + 18]! >>> 18) | (values[i + 19]! << 13)
    out[p + 19] = (values[i + 19]! >>> 19) | (values[i + 20]! << 12)
    out[p + 20] = (values[i + 20]! >>> 20) | (values[i + 21]! << 11)
    out[p + 21] = (values[i + 21]! >>> 21) | (values[i + 22]! << 10)
    out[p + 22] = (values[i + 22]! >>> 22) | (values[i + 23]! << 9)
    out[p + 23] = (values[i + 23]! >>> 23) | (values[i + 24]! << 8)
    out[p + 24] = (values[i + 24]! >>> 24) | (values[i + 25]! << 7)
    out[p + 25] = (values[i + 25]! >>> 25) | (values[i + 26]! << 6)
    out[p + 26] = (values[i + 26]! >>> 26) | (values[i + 27]! << 5)
    out[p + 27] = (values[i + 27]! >>> 27) | (values[i + 28]! << 4)
    out[p + 28] = (values[i + 28]! >>> 28) | (values[i + 29]! << 3)
    out[p + 29] = (values[i + 29]! >>> 29) | (values[i + 30]! << 2)
    out[p + 30] = (values[i + 30]! >>> 30) | (values[i + 31]! << 1)
  }
}
const pack32: Pack = (values, count, out, at) => {
  for (let i = 0, p = at; i < count; i += 32, p += 32) {
    out[p + 0] = values[i + 0]!
    out[p + 1] = values[i + 1]!
    out[p + 2] = values[i + 2]!
    out[p + 3] = values[i + 3]!
    out[p + 4] = values[i + 4]!
    out[p + 5] = values[i + 5]!
    out[p + 6] = values[i + 6]!
    out[p + 7] = values[i + 7]!
    out[p + 8] = values[i + 8]!
    out[p + 9] = values[i + 9]!
    out[p + 10] = values[i + 10]!
    out[p + 11] = values[i + 11]!
    out[p + 12] = values[i + 12]!
    out[p + 13] = values[i + 13]!
    out[p + 14] = values[i + 14]!
    out[p + 15] = values[i + 15]!
    out[p + 16] = values[i + 16]!
    out[p + 17] = values[i + 17]!
    out[p + 18] = values[i + 18]!
    out[p + 19] = values[i + 19]!
    out[p + 20] = values[i + 20]!
    out[p + 21] = values[i + 21]!
    out[p + 22] = values[i + 22]!
    out[p + 23] = values[i + 23]!
    out[p + 24] = values[i + 24]!
    out[p + 25] = values[i + 25]!
    out[p + 26] = values[i + 26]!
    out[p + 27] = values[i + 27]!
    out[p + 28] = values[i + 28]!
    out[p + 29] = values[i + 29]!
    out[p + 30] = values[i + 30]!
    out[p + 31] = values[i + 31]!
  }
}
const unpack1: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 1) {
    const w0 = words[p + 0]!
    out[i + 0] = w0 & 1
    out[i + 1] = (w0 >>> 1) & 1
    out[i + 2] = (w0 >>> 2) & 1
    out[i + 3] = (w0 >>> 3) & 1
    out[i + 4] = (w0 >>> 4) & 1
    out[i + 5] = (w0 >>> 5) & 1
    out[i + 6] = (w0 >>> 6) & 1
    out[i + 7] = (w0 >>> 7) & 1
    out[i + 8] = (w0 >>> 8) & 1
    out[i + 9] = (w0 >>> 9) & 1
    out[i + 10] = (w0 >>> 10) & 1
    out[i + 11] = (w0 >>> 11) & 1
    out[i + 12] = (w0 >>> 12) & 1
    out[i + 13] = (w0 >>> 13) & 1
    out[i + 14] = (w0 >>> 14) & 1
    out[i + 15] = (w0 >>> 15) & 1
    out[i + 16] = (w0 >>> 16) & 1
    out[i + 17] = (w0 >>> 17) & 1
    out[i + 18] = (w0 >>> 18) & 1
    out[i + 19] = (w0 >>> 19) & 1
    out[i + 20] = (w0 >>> 20) & 1
    out[i + 21] = (w0 >>> 21) & 1
    out[i + 22] = (w0 >>> 22) & 1
    out[i + 23] = (w0 >>> 23) & 1
    out[i + 24] = (w0 >>> 24) & 1
    out[i + 25] = (w0 >>> 25) & 1
    out[i + 26] = (w0 >>> 26) & 1
    out[i + 27] = (w0 >>> 27) & 1
    out[i + 28] = (w0 >>> 28) & 1
    out[i + 29] = (w0 >>> 29) & 1
    out[i + 30] = (w0 >>> 30) & 1
    out[i + 31] = (w0 >>> 31)
  }
}
const unpack2: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 2) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    out[i + 0] = w0 & 3
    out[i + 1] = (w0 >>> 2) & 3
    out[i + 2] = (w0 >>> 4) & 3
    out[i + 3] = (w0 >>> 6) & 3
    out[i + 4] = (w0 >>> 8) & 3
    out[i + 5] = (w0 >>> 10) & 3
    out[i + 6] = (w0 >>> 12) & 3
    out[i + 7] = (w0 >>> 14) & 3
    out[i + 8] = (w0 >>> 16) & 3
    out[i + 9] = (w0 >>> 18) & 3
    out[i + 10] = (w0 >>> 20) & 3
    out[i + 11] = (w0 >>> 22) & 3
    out[i + 12] = (w0 >>> 24) & 3
    out[i + 13] = (w0 >>> 26) & 3
    out[i + 14] = (w0 >>> 28) & 3
    out[i + 15] = (w0 >>> 30)
    out[i + 16] = w1 & 3
    out[i + 17] = (w1 >>> 2) & 3
    out[i + 18] = (w1 >>> 4) & 3
    out[i + 19] = (w1 >>> 6) & 3
    out[i + 20] = (w1 >>> 8) & 3
    out[i + 21] = (w1 >>> 10) & 3
    out[i + 22] = (w1 >>> 12) & 3
    out[i + 23] = (w1 >>> 14) & 3
    out[i + 24] = (w1 >>> 16) & 3
    out[i + 25] = (w1 >>> 18) & 3
    out[i + 26] = (w1 >>> 20) & 3
    out[i + 27] = (w1 >>> 22) & 3
    out[i + 28] = (w1 >>> 24) & 3
    out[i + 29] = (w1 >>> 26) & 3
    out[i + 30] = (w1 >>> 28) & 3
    out[i + 31] = (w1 >>> 30)
  }
}
const unpack3: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 3) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    out[i + 0] = w0 & 7
    out[i + 1] = (w0 >>> 3) & 7
    out[i + 2] = (w0 >>> 6) & 7
    out[i + 3] = (w0 >>> 9) & 7
    out[i + 4] = (w0 >>> 12) & 7
    out[i + 5] = (w0 >>> 15) & 7
    out[i + 6] = (w0 >>> 18) & 7
    out[i + 7] = (w0 >>> 21) & 7
    out[i + 8] = (w0 >>> 24) & 7
    out[i + 9] = (w0 >>> 27) & 7
    out[i + 10] = ((w0 >>> 30) | (w1 << 2)) & 7
    out[i + 11] = (w1 >>> 1) & 7
    out[i + 12] = (w1 >>> 4) & 7
    out[i + 13] = (w1 >>> 7) & 7
    out[i + 14] = (w1 >>> 10) & 7
    out[i + 15] = (w1 >>> 13) & 7
    out[i + 16] = (w1 >>> 16) & 7
    out[i + 17] = (w1 >>> 19) & 7
    out[i + 18] = (w1 >>> 22) & 7
    out[i + 19] = (w1 >>> 25) & 7
    out[i + 20] = (w1 >>> 28) & 7
    out[i + 21] = ((w1 >>> 31) | (w2 << 1)) & 7
    out[i + 22] = (w2 >>> 2) & 7
    out[i + 23] = (w2 >>> 5) & 7
    out[i + 24] = (w2 >>> 8) & 7
    out[i + 25] = (w2 >>> 11) & 7
    out[i + 26] = (w2 >>> 14) & 7
    out[i + 27] = (w2 >>> 17) & 7
    out[i + 28] = (w2 >>> 20) & 7
    out[i + 29] = (w2 >>> 23) & 7
    out[i + 30] = (w2 >>> 26) & 7
    out[i + 31] = (w2 >>> 29)
  }
}
const unpack4: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 4) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    out[i + 0] = w0 & 15
    out[i + 1] = (w0 >>> 4) & 15
    out[i + 2] = (w0 >>> 8) & 15
    out[i + 3] = (w0 >>> 12) & 15
    out[i + 4] = (w0 >>> 16) & 15
    out[i + 5] = (w0 >>> 20) & 15
    out[i + 6] = (w0 >>> 24) & 15
    out[i + 7] = (w0 >>> 28)
    out[i + 8] = w1 & 15
    out[i + 9] = (w1 >>> 4) & 15
    out[i + 10] = (w1 >>> 8) & 15
    out[i + 11] = (w1 >>> 12) & 15
    out[i + 12] = (w1 >>> 16) & 15
    out[i + 13] = (w1 >>> 20) & 15
    out[i + 14] = (w1 >>> 24) & 15
    out[i + 15] = (w1 >>> 28)
    out[i + 16] = w2 & 15
    out[i + 17] = (w2 >>> 4) & 15
    out[i + 18] = (w2 >>> 8) & 15
    out[i + 19] = (w2 >>> 12) & 15
    out[i + 20] = (w2 >>> 16) & 15
    out[i + 21] = (w2 >>> 20) & 15
    out[i + 22] = (w2 >>> 24) & 15
    out[i + 23] = (w2 >>> 28)
    out[i + 24] = w3 & 15
    out[i + 25] = (w3 >>> 4) & 15
    out[i + 26] = (w3 >>> 8) & 15
    out[i + 27] = (w3 >>> 12) & 15
    out[i + 28] = (w3 >>> 16) & 15
    out[i + 29] = (w3 >>> 20) & 15
    out[i + 30] = (w3 >>> 24) & 15
    out[i + 31] = (w3 >>> 28)
  }
}
const unpack5: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 5) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    out[i + 0] = w0 & 31
    out[i + 1] = (w0 >>> 5) & 31
    out[i + 2] = (w0 >>> 10) & 31
    out[i + 3] = (w0 >>> 15) & 31
    out[i + 4] = (w0 >>> 20) & 31
    out[i + 5] = (w0 >>> 25) & 31
    out[i + 6] = ((w0 >>> 30) | (w1 << 2)) & 31
    out[i + 7] = (w1 >>> 3) & 31
    out[i + 8] = (w1 >>> 8) & 31
    out[i + 9] = (w1 >>> 13) & 31
    out[i + 10] = (w1 >>> 18) & 31
    out[i + 11] = (w1 >>> 23) & 31
    out[i + 12] = ((w1 >>> 28) | (w2 << 4)) & 31
    out[i + 13] = (w2 >>> 1) & 31
    out[i + 14] = (w2 >>> 6) & 31
    out[i + 15] = (w2 >>> 11) & 31
    out[i + 16] = (w2 >>> 16) & 31
    out[i + 17] = (w2 >>> 21) & 31
    out[i + 18] = (w2 >>> 26) & 31
    out[i + 19] = ((w2 >>> 31) | (w3 << 1)) & 31
    out[i + 20] = (w3 >>> 4) & 31
    out[i + 21] = (w3 >>> 9) & 31
    out[i + 22] = (w3 >>> 14) & 31
    out[i + 23] = (w3 >>> 19) & 31
    out[i + 24] = (w3 >>> 24) & 31
    out[i + 25] = ((w3 >>> 29) | (w4 << 3)) & 31
    out[i + 26] = (w4 >>> 2) & 31
    out[i + 27] = (w4 >>> 7) & 31
    out[i + 28] = (w4 >>> 12) & 31
    out[i + 29] = (w4 >>> 17) & 31
    out[i + 30] = (w4 >>> 22) & 31
    out[i + 31] = (w4 >>> 27)
  }
}
const unpack6: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 6) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    out[i + 0] = w0 & 63
    out[i + 1] = (w0 >>> 6) & 63
    out[i + 2] = (w0 >>> 12) & 63
    out[i + 3] = (w0 >>> 18) & 63
    out[i + 4] = (w0 >>> 24) & 63
    out[i + 5] = ((w0 >>> 30) | (w1 << 2)) & 63
    out[i + 6] = (w1 >>> 4) & 63
    out[i + 7] = (w1 >>> 10) & 63
    out[i + 8] = (w1 >>> 16) & 63
    out[i + 9] = (w1 >>> 22) & 63
    out[i + 10] = ((w1 >>> 28) | (w2 << 4)) & 63
    out[i + 11] = (w2 >>> 2) & 63
    out[i + 12] = (w2 >>> 8) & 63
    out[i + 13] = (w2 >>> 14) & 63
    out[i + 14] = (w2 >>> 20) & 63
    out[i + 15] = (w2 >>> 26)
    out[i + 16] = w3 & 63
    out[i + 17] = (w3 >>> 6) & 63
    out[i + 18] = (w3 >>> 12) & 63
    out[i + 19] = (w3 >>> 18) & 63
    out[i + 20] = (w3 >>> 24) & 63
    out[i + 21] = ((w3 >>> 30) | (w4 << 2)) & 63
    out[i + 22] = (w4 >>> 4) & 63
    out[i + 23] = (w4 >>> 10) & 63
    out[i + 24] = (w4 >>> 16) & 63
    out[i + 25] = (w4 >>> 22) & 63
    out[i + 26] = ((w4 >>> 28) | (w5 << 4)) & 63
    out[i + 27] = (w5 >>> 2) & 63
    out[i + 28] = (w5 >>> 8) & 63
    out[i + 29] = (w5 >>> 14) & 63
    out[i + 30] = (w5 >>> 20) & 63
    out[i + 31] = (w5 >>> 26)
  }
}
const unpack7: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 7) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    out[i + 0] = w0 & 127
    out[i + 1] = (w0 >>> 7) & 127
    out[i + 2] = (w0 >>> 14) & 127
    out[i + 3] = (w0 >>> 21) & 127
    out[i + 4] = ((w0 >>> 28) | (w1 << 4)) & 127
    out[i + 5] = (w1 >>> 3) & 127
    out[i + 6] = (w1 >>> 10) & 127
    out[i + 7] = (w1 >>> 17) & 127
    out[i + 8] = (w1 >>> 24) & 127
    out[i + 9] = ((w1 >>> 31) | (w2 << 1)) & 127
    out[i + 10] = (w2 >>> 6) & 127
    out[i + 11] = (w2 >>> 13) & 127
    out[i + 12] = (w2 >>> 20) & 127
    out[i + 13] = ((w2 >>> 27) | (w3 << 5)) & 127
    out[i + 14] = (w3 >>> 2) & 127
    out[i + 15] = (w3 >>> 9) & 127
    out[i + 16] = (w3 >>> 16) & 127
    out[i + 17] = (w3 >>> 23) & 127
    out[i + 18] = ((w3 >>> 30) | (w4 << 2)) & 127
    out[i + 19] = (w4 >>> 5) & 127
    out[i + 20] = (w4 >>> 12) & 127
    out[i + 21] = (w4 >>> 19) & 127
    out[i + 22] = ((w4 >>> 26) | (w5 << 6)) & 127
    out[i + 23] = (w5 >>> 1) & 127
    out[i + 24] = (w5 >>> 8) & 127
    out[i + 25] = (w5 >>> 15) & 127
    out[i + 26] = (w5 >>> 22) & 127
    out[i + 27] = ((w5 >>> 29) | (w6 << 3)) & 127
    out[i + 28] = (w6 >>> 4) & 127
    out[i + 29] = (w6 >>> 11) & 127
    out[i + 30] = (w6 >>> 18) & 127
    out[i + 31] = (w6 >>> 25)
  }
}
const unpack8: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 8) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    out[i + 0] = w0 & 255
    out[i + 1] = (w0 >>> 8) & 255
    out[i + 2] = (w0 >>> 16) & 255
    out[i + 3] = (w0 >>> 24)
    out[i + 4] = w1 & 255
    out[i + 5] = (w1 >>> 8) & 255
    out[i + 6] = (w1 >>> 16) & 255
    out[i + 7] = (w1 >>> 24)
    out[i + 8] = w2 & 255
    out[i + 9] = (w2 >>> 8) & 255
    out[i + 10] = (w2 >>> 16) & 255
    out[i + 11] = (w2 >>> 24)
    out[i + 12] = w3 & 255
    out[i + 13] = (w3 >>> 8) & 255
    out[i + 14] = (w3 >>> 16) & 255
    out[i + 15] = (w3 >>> 24)
    out[i + 16] = w4 & 255
    out[i + 17] = (w4 >>> 8) & 255
    out[i + 18] = (w4 >>> 16) & 255
    out[i + 19] = (w4 >>> 24)
    out[i + 20] = w5 & 255
    out[i + 21] = (w5 >>> 8) & 255
    out[i + 22] = (w5 >>> 16) & 255
    out[i + 23] = (w5 >>> 24)
    out[i + 24] = w6 & 255
    out[i + 25] = (w6 >>> 8) & 255
    out[i + 26] = (w6 >>> 16) & 255
    out[i + 27] = (w6 >>> 24)
    out[i + 28] = w7 & 255
    out[i + 29] = (w7 >>> 8) & 255
    out[i + 30] = (w7 >>> 16) & 255
    out[i + 31] = (w7 >>> 24)
  }
}
const unpack9: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 9) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    out[i + 0] = w0 & 511
    out[i + 1] = (w0 >>> 9) & 511
    out[i + 2] = (w0 >>> 18) & 511
    out[i + 3] = ((w0 >>> 27) | (w1 << 5)) & 511
    out[i + 4] = (w1 >>> 4) & 511
    out[i + 5] = (w1 >>> 13) & 511
    out[i + 6] = (w1 >>> 22) & 511
    out[i + 7] = ((w1 >>> 31) | (w2 << 1)) & 511
    out[i + 8] = (w2 >>> 8) & 511
    out[i + 9] = (w2 >>> 17) & 511
    out[i + 10] = ((w2 >>> 26) | (w3 << 6)) & 511
    out[i + 11] = (w3 >>> 3) & 511
    out[i + 12] = (w3 >>> 12) & 511
    out[i + 13] = (w3 >>> 21) & 511
    out[i + 14] = ((w3 >>> 30) | (w4 << 2)) & 511
    out[i + 15] = (w4 >>> 7) & 511
    out[i + 16] = (w4 >>> 16) & 511
    out[i + 17] = ((w4 >>> 25) | (w5 << 7)) & 511
    out[i + 18] = (w5 >>> 2) & 511
    out[i + 19] = (w5 >>> 11) & 511
    out[i + 20] = (w5 >>> 20) & 511
    out[i + 21] = ((w5 >>> 29) | (w6 << 3)) & 511
    out[i + 22] = (w6 >>> 6) & 511
    out[i + 23] = (w6 >>> 15) & 511
    out[i + 24] = ((w6 >>> 24) | (w7 << 8)) & 511
    out[i + 25] = (w7 >>> 1) & 511
    out[i + 26] = (w7 >>> 10) & 511
    out[i + 27] = (w7 >>> 19) & 511
    out[i + 28] = ((w7 >>> 28) | (w8 << 4)) & 511
    out[i + 29] = (w8 >>> 5) & 511
    out[i + 30] = (w8 >>> 14) & 511
    out[i + 31] = (w8 >>> 23)
  }
}
const unpack10: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 10) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    out[i + 0] = w0 & 1023
    out[i + 1] = (w0 >>> 10) & 1023
    out[i + 2] = (w0 >>> 20) & 1023
    out[i + 3] = ((w0 >>> 30) | (w1 << 2)) & 1023
    out[i + 4] = (w1 >>> 8) & 1023
    out[i + 5] = (w1 >>> 18) & 1023
    out[i + 6] = ((w1 >>> 28) | (w2 << 4)) & 1023
    out[i + 7] = (w2 >>> 6) & 1023
    out[i + 8] = (w2 >>> 16) & 1023
    out[i + 9] = ((w2 >>> 26) | (w3 << 6)) & 1023
    out[i + 10] = (w3 >>> 4) & 1023
    out[i + 11] = (w3 >>> 14) & 1023
    out[i + 12] = ((w3 >>> 24) | (w4 << 8)) & 1023
    out[i + 13] = (w4 >>> 2) & 1023
    out[i + 14] = (w4 >>> 12) & 1023
    out[i + 15] = (w4 >>> 22)
    out[i + 16] = w5 & 1023
    out[i + 17] = (w5 >>> 10) & 1023
    out[i + 18] = (w5 >>> 20) & 1023
    out[i + 19] = ((w5 >>> 30) | (w6 << 2)) & 1023
    out[i + 20] = (w6 >>> 8) & 1023
    out[i + 21] = (w6 >>> 18) & 1023
    out[i + 22] = ((w6 >>> 28) | (w7 << 4)) & 1023
    out[i + 23] = (w7 >>> 6) & 1023
    out[i + 24] = (w7 >>> 16) & 1023
    out[i + 25] = ((w7 >>> 26) | (w8 << 6)) & 1023
    out[i + 26] = (w8 >>> 4) & 1023
    out[i + 27] = (w8 >>> 14) & 1023
    out[i + 28] = ((w8 >>> 24) | (w9 << 8)) & 1023
    out[i + 29] = (w9 >>> 2) & 1023
    out[i + 30] = (w9 >>> 12) & 1023
    out[i + 31] = (w9 >>> 22)
  }
}
const unpack11: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 11) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    out[i + 0] = w0 & 2047
    out[i + 1] = (w0 >>> 11) & 2047
    out[i + 2] = ((w0 >>> 22) | (w1 << 10)) & 2047
    out[i + 3] = (w1 >>> 1) & 2047
    out[i + 4] = (w1 >>> 12) & 2047
    out[i + 5] = ((w1 >>> 23) | (w2 << 9)) & 2047
    out[i + 6] = (w2 >>> 2) & 2047
    out[i + 7] = (w2 >>> 13) & 2047
    out[i + 8] = ((w2 >>> 24) | (w3 << 8)) & 2047
    out[i + 9] = (w3 >>> 3) & 2047
    out[i + 10] = (w3 >>> 14) & 2047
    out[i + 11] = ((w3 >>> 25) | (w4 << 7)) & 2047
    out[i + 12] = (w4 >>> 4) & 2047
    out[i + 13] = (w4 >>> 15) & 2047
    out[i + 14] = ((w4 >>> 26) | (w5 << 6)) & 2047
    out[i + 15] = (w5 >>> 5) & 2047
    out[i + 16] = (w5 >>> 16) & 2047
    out[i + 17] = ((w5 >>> 27) | (w6 << 5)) & 2047
    out[i + 18] = (w6 >>> 6) & 2047
    out[i + 19] = (w6 >>> 17) & 2047
    out[i + 20] = ((w6 >>> 28) | (w7 << 4)) & 2047
    out[i + 21] = (w7 >>> 7) & 2047
    out[i + 22] = (w7 >>> 18) & 2047
    out[i + 23] = ((w7 >>> 29) | (w8 << 3)) & 2047
    out[i + 24] = (w8 >>> 8) & 2047
    out[i + 25] = (w8 >>> 19) & 2047
    out[i + 26] = ((w8 >>> 30) | (w9 << 2)) & 2047
    out[i + 27] = (w9 >>> 9) & 2047
    out[i + 28] = (w9 >>> 20) & 2047
    out[i + 29] = ((w9 >>> 31) | (w10 << 1)) & 2047
    out[i + 30] = (w10 >>> 10) & 2047
    out[i + 31] = (w10 >>> 21)
  }
}
const unpack12: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 12) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    out[i + 0] = w0 & 4095
    out[i + 1] = (w0 >>> 12) & 4095
    out[i + 2] = ((w0 >>> 24) | (w1 << 8)) & 4095
    out[i + 3] = (w1 >>> 4) & 4095
    out[i + 4] = (w1 >>> 16) & 4095
    out[i + 5] = ((w1 >>> 28) | (w2 << 4)) & 4095
    out[i + 6] = (w2 >>> 8) & 4095
    out[i + 7] = (w2 >>> 20)
    out[i + 8] = w3 & 4095
    out[i + 9] = (w3 >>> 12) & 4095
    out[i + 10] = ((w3 >>> 24) | (w4 << 8)) & 4095
    out[i + 11] = (w4 >>> 4) & 4095
    out[i + 12] = (w4 >>> 16) & 4095
    out[i + 13] = ((w4 >>> 28) | (w5 << 4)) & 4095
    out[i + 14] = (w5 >>> 8) & 4095
    out[i + 15] = (w5 >>> 20)
    out[i + 16] = w6 & 4095
    out[i + 17] = (w6 >>> 12) & 4095
    out[i + 18] = ((w6 >>> 24) | (w7 << 8)) & 4095
    out[i + 19] = (w7 >>> 4) & 4095
    out[i + 20] = (w7 >>> 16) & 4095
    out[i + 21] = ((w7 >>> 28) | (w8 << 4)) & 4095
    out[i + 22] = (w8 >>> 8) & 4095
    out[i + 23] = (w8 >>> 20)
    out[i + 24] = w9 & 4095
    out[i + 25] = (w9 >>> 12) & 4095
    out[i + 26] = ((w9 >>> 24) | (w10 << 8)) & 4095
    out[i + 27] = (w10 >>> 4) & 4095
    out[i + 28] = (w10 >>> 16) & 4095
    out[i + 29] = ((w10 >>> 28) | (w11 << 4)) & 4095
    out[i + 30] = (w11 >>> 8) & 4095
    out[i + 31] = (w11 >>> 20)
  }
}
const unpack13: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 13) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    out[i + 0] = w0 & 8191
    out[i + 1] = (w0 >>> 13) & 8191
    out[i + 2] = ((w0 >>> 26) | (w1 << 6)) & 8191
    out[i + 3] = (w1 >>> 7) & 8191
    out[i + 4] = ((w1 >>> 20) | (w2 << 12)) & 8191
    out[i + 5] = (w2 >>> 1) & 8191
    out[i + 6] = (w2 >>> 14) & 8191
    out[i + 7] = ((w2 >>> 27) | (w3 << 5)) & 8191
    out[i + 8] = (w3 >>> 8) & 8191
    out[i + 9] = ((w3 >>> 21) | (w4 << 11)) & 8191
    out[i + 10] = (w4 >>> 2) & 8191
    out[i + 11] = (w4 >>> 15) & 8191
    out[i + 12] = ((w4 >>> 28) | (w5 << 4)) & 8191
    out[i + 13] = (w5 >>> 9) & 8191
    out[i + 14] = ((w5 >>> 22) | (w6 << 10)) & 8191
    out[i + 15] = (w6 >>> 3) & 8191
    out[i + 16] = (w6 >>> 16) & 8191
    out[i + 17] = ((w6 >>> 29) | (w7 << 3)) & 8191
    out[i + 18] = (w7 >>> 10) & 8191
    out[i + 19] = ((w7 >>> 23) | (w8 << 9)) & 8191
    out[i + 20] = (w8 >>> 4) & 8191
    out[i + 21] = (w8 >>> 17) & 8191
    out[i + 22] = ((w8 >>> 30) | (w9 << 2)) & 8191
    out[i + 23] = (w9 >>> 11) & 8191
    out[i + 24] = ((w9 >>> 24) | (w10 << 8)) & 8191
    out[i + 25] = (w10 >>> 5) & 8191
    out[i + 26] = (w10 >>> 18) & 8191
    out[i + 27] = ((w10 >>> 31) | (w11 << 1)) & 8191
    out[i + 28] = (w11 >>> 12) & 8191
    out[i + 29] = ((w11 >>> 25) | (w12 << 7)) & 8191
    out[i + 30] = (w12 >>> 6) & 8191
    out[i + 31] = (w12 >>> 19)
  }
}
const unpack14: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 14) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    out[i + 0] = w0 & 16383
    out[i + 1] = (w0 >>> 14) & 16383
    out[i + 2] = ((w0 >>> 28) | (w1 << 4)) & 16383
    out[i + 3] = (w1 >>> 10) & 16383
    out[i + 4] = ((w1 >>> 24) | (w2 << 8)) & 16383
    out[i + 5] = (w2 >>> 6) & 16383
    out[i + 6] = ((w2 >>> 20) | (w3 << 12)) & 16383
    out[i + 7] = (w3 >>> 2) & 16383
    out[i + 8] = (w3 >>> 16) & 16383
    out[i + 9] = ((w3 >>> 30) | (w4 << 2)) & 16383
    out[i + 10] = (w4 >>> 12) & 16383
    out[i + 11] = ((w4 >>> 26) | (w5 << 6)) & 16383
    out[i + 12] = (w5 >>> 8) & 16383
    out[i + 13] = ((w5 >>> 22) | (w6 << 10)) & 16383
    out[i + 14] = (w6 >>> 4) & 16383
    out[i + 15] = (w6 >>> 18)
    out[i + 16] = w7 & 16383
    out[i + 17] = (w7 >>> 14) & 16383
    out[i + 18] = ((w7 >>> 28) | (w8 << 4)) & 16383
    out[i + 19] = (w8 >>> 10) & 16383
    out[i + 20] = ((w8 >>> 24) | (w9 << 8)) & 16383
    out[i + 21] = (w9 >>> 6) & 16383
    out[i + 22] = ((w9 >>> 20) | (w10 << 12)) & 16383
    out[i + 23] = (w10 >>> 2) & 16383
    out[i + 24] = (w10 >>> 16) & 16383
    out[i + 25] = ((w10 >>> 30) | (w11 << 2)) & 16383
    out[i + 26] = (w11 >>> 12) & 16383
    out[i + 27] = ((w11 >>> 26) | (w12 << 6)) & 16383
    out[i + 28] = (w12 >>> 8) & 16383
    out[i + 29] = ((w12 >>> 22) | (w13 << 10)) & 16383
    out[i + 30] = (w13 >>> 4) & 16383
    out[i + 31] = (w13 >>> 18)
  }
}
const unpack15: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 15) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    out[i + 0] = w0 & 32767
    out[i + 1] = (w0 >>> 15) & 32767
    out[i + 2] = ((w0 >>> 30) | (w1 << 2)) & 32767
    out[i + 3] = (w1 >>> 13) & 32767
    out[i + 4] = ((w1 >>> 28) | (w2 << 4)) & 32767
    out[i + 5] = (w2 >>> 11) & 32767
    out[i + 6] = ((w2 >>> 26) | (w3 << 6)) & 32767
    out[i + 7] = (w3 >>> 9) & 32767
    out[i + 8] = ((w3 >>> 24) | (w4 << 8)) & 32767
    out[i + 9] = (w4 >>> 7) & 32767
    out[i + 10] = ((w4 >>> 22) | (w5 << 10)) & 32767
    out[i + 11] = (w5 >>> 5) & 32767
    out[i + 12] = ((w5 >>> 20) | (w6 << 12)) & 32767
    out[i + 13] = (w6 >>> 3) & 32767
    out[i + 14] = ((w6 >>> 18) | (w7 << 14)) & 32767
    out[i + 15] = (w7 >>> 1) & 32767
    out[i + 16] = (w7 >>> 16) & 32767
    out[i + 17] = ((w7 >>> 31) | (w8 << 1)) & 32767
    out[i + 18] = (w8 >>> 14) & 32767
    out[i + 19] = ((w8 >>> 29) | (w9 << 3)) & 32767
    out[i + 20] = (w9 >>> 12) & 32767
    out[i + 21] = ((w9 >>> 27) | (w10 << 5)) & 32767
    out[i + 22] = (w10 >>> 10) & 32767
    out[i + 23] = ((w10 >>> 25) | (w11 << 7)) & 32767
    out[i + 24] = (w11 >>> 8) & 32767
    out[i + 25] = ((w11 >>> 23) | (w12 << 9)) & 32767
    out[i + 26] = (w12 >>> 6) & 32767
    out[i + 27] = ((w12 >>> 21) | (w13 << 11)) & 32767
    out[i + 28] = (w13 >>> 4) & 32767
    out[i + 29] = ((w13 >>> 19) | (w14 << 13)) & 32767
    out[i + 30] = (w14 >>> 2) & 32767
    out[i + 31] = (w14 >>> 17)
  }
}
const unpack16: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 16) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    out[i + 0] = w0 & 65535
    out[i + 1] = (w0 >>> 16)
    out[i + 2] = w1 & 65535
    out[i + 3] = (w1 >>> 16)
    out[i + 4] = w2 & 65535
    out[i + 5] = (w2 >>> 16)
    out[i + 6] = w3 & 65535
    out[i + 7] = (w3 >>> 16)
    out[i + 8] = w4 & 65535
    out[i + 9] = (w4 >>> 16)
    out[i + 10] = w5 & 65535
    out[i + 11] = (w5 >>> 16)
    out[i + 12] = w6 & 65535
    out[i + 13] = (w6 >>> 16)
    out[i + 14] = w7 & 65535
    out[i + 15] = (w7 >>> 16)
    out[i + 16] = w8 & 65535
    out[i + 17] = (w8 >>> 16)
    out[i + 18] = w9 & 65535
    out[i + 19] = (w9 >>> 16)
    out[i + 20] = w10 & 65535
    out[i + 21] = (w10 >>> 16)
    out[i + 22] = w11 & 65535
    out[i + 23] = (w11 >>> 16)
    out[i + 24] = w12 & 65535
    out[i + 25] = (w12 >>> 16)
    out[i + 26] = w13 & 65535
    out[i + 27] = (w13 >>> 16)
    out[i + 28] = w14 & 65535
    out[i + 29] = (w14 >>> 16)
    out[i + 30] = w15 & 65535
    out[i + 31] = (w15 >>> 16)
  }
}
const unpack17: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 17) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    out[i + 0] = w0 & 131071
    out[i + 1] = ((w0 >>> 17) | (w1 << 15)) & 131071
    out[i + 2] = (w1 >>> 2) & 131071
    out[i + 3] = ((w1 >>> 19) | (w2 << 13)) & 131071
    out[i + 4] = (w2 >>> 4) & 131071
    out[i + 5] = ((w2 >>> 21) | (w3 << 11)) & 131071
    out[i + 6] = (w3 >>> 6) & 131071
    out[i + 7] = ((w3 >>> 23) | (w4 << 9)) & 131071
    out[i + 8] = (w4 >>> 8) & 131071
    out[i + 9] = ((w4 >>> 25) | (w5 << 7)) & 131071
    out[i + 10] = (w5 >>> 10) & 131071
    out[i + 11] = ((w5 >>> 27) | (w6 << 5)) & 131071
    out[i + 12] = (w6 >>> 12) & 131071
    out[i + 13] = ((w6 >>> 29) | (w7 << 3)) & 131071
    out[i + 14] = (w7 >>> 14) & 131071
    out[i + 15] = ((w7 >>> 31) | (w8 << 1)) & 131071
    out[i + 16] = ((w8 >>> 16) | (w9 << 16)) & 131071
    out[i + 17] = (w9 >>> 1) & 131071
    out[i + 18] = ((w9 >>> 18) | (w10 << 14)) & 131071
    out[i + 19] = (w10 >>> 3) & 131071
    out[i + 20] = ((w10 >>> 20) | (w11 << 12)) & 131071
    out[i + 21] = (w11 >>> 5) & 131071
    out[i + 22] = ((w11 >>> 22) | (w12 << 10)) & 131071
    out[i + 23] = (w12 >>> 7) & 131071
    out[i + 24] = ((w12 >>> 24) | (w13 << 8)) & 131071
    out[i + 25] = (w13 >>> 9) & 131071
    out[i + 26] = ((w13 >>> 26) | (w14 << 6)) & 131071
    out[i + 27] = (w14 >>> 11) & 131071
    out[i + 28] = ((w14 >>> 28) | (w15 << 4)) & 131071
    out[i + 29] = (w15 >>> 13) & 131071
    out[i + 30] = ((w15 >>> 30) | (w16 << 2)) & 131071
    out[i + 31] = (w16 >>> 15)
  }
}
const unpack18: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 18) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    out[i + 0] = w0 & 262143
    out[i + 1] = ((w0 >>> 18) | (w1 << 14)) & 262143
    out[i + 2] = (w1 >>> 4) & 262143
    out[i + 3] = ((w1 >>> 22) | (w2 << 10)) & 262143
    out[i + 4] = (w2 >>> 8) & 262143
    out[i + 5] = ((w2 >>> 26) | (w3 << 6)) & 262143
    out[i + 6] = (w3 >>> 12) & 262143
    out[i + 7] = ((w3 >>> 30) | (w4 << 2)) & 262143
    out[i + 8] = ((w4 >>> 16) | (w5 << 16)) & 262143
    out[i + 9] = (w5 >>> 2) & 262143
    out[i + 10] = ((w5 >>> 20) | (w6 << 12)) & 262143
    out[i + 11] = (w6 >>> 6) & 262143
    out[i + 12] = ((w6 >>> 24) | (w7 << 8)) & 262143
    out[i + 13] = (w7 >>> 10) & 262143
    out[i + 14] = ((w7 >>> 28) | (w8 << 4)) & 262143
    out[i + 15] = (w8 >>> 14)
    out[i + 16] = w9 & 262143
    out[i + 17] = ((w9 >>> 18) | (w10 << 14)) & 262143
    out[i + 18] = (w10 >>> 4) & 262143
    out[i + 19] = ((w10 >>> 22) | (w11 << 10)) & 262143
    out[i + 20] = (w11 >>> 8) & 262143
    out[i + 21] = ((w11 >>> 26) | (w12 << 6)) & 262143
    out[i + 22] = (w12 >>> 12) & 262143
    out[i + 23] = ((w12 >>> 30) | (w13 << 2)) & 262143
    out[i + 24] = ((w13 >>> 16) | (w14 << 16)) & 262143
    out[i + 25] = (w14 >>> 2) & 262143
    out[i + 26] = ((w14 >>> 20) | (w15 << 12)) & 262143
    out[i + 27] = (w15 >>> 6) & 262143
    out[i + 28] = ((w15 >>> 24) | (w16 << 8)) & 262143
    out[i + 29] = (w16 >>> 10) & 262143
    out[i + 30] = ((w16 >>> 28) | (w17 << 4)) & 262143
    out[i + 31] = (w17 >>> 14)
  }
}
const unpack19: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 19) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    out[i + 0] = w0 & 524287
    out[i + 1] = ((w0 >>> 19) | (w1 << 13)) & 524287
    out[i + 2] = (w1 >>> 6) & 524287
    out[i + 3] = ((w1 >>> 25) | (w2 << 7)) & 524287
    out[i + 4] = (w2 >>> 12) & 524287
    out[i + 5] = ((w2 >>> 31) | (w3 << 1)) & 524287
    out[i + 6] = ((w3 >>> 18) | (w4 << 14)) & 524287
    out[i + 7] = (w4 >>> 5) & 524287
    out[i + 8] = ((w4 >>> 24) | (w5 << 8)) & 524287
    out[i + 9] = (w5 >>> 11) & 524287
    out[i + 10] = ((w5 >>> 30) | (w6 << 2)) & 524287
    out[i + 11] = ((w6 >>> 17) | (w7 << 15)) & 524287
    out[i + 12] = (w7 >>> 4) & 524287
    out[i + 13] = ((w7 >>> 23) | (w8 << 9)) & 524287
    out[i + 14] = (w8 >>> 10) & 524287
    out[i + 15] = ((w8 >>> 29) | (w9 << 3)) & 524287
    out[i + 16] = ((w9 >>> 16) | (w10 << 16)) & 524287
    out[i + 17] = (w10 >>> 3) & 524287
    out[i + 18] = ((w10 >>> 22) | (w11 << 10)) & 524287
    out[i + 19] = (w11 >>> 9) & 524287
    out[i + 20] = ((w11 >>> 28) | (w12 << 4)) & 524287
    out[i + 21] = ((w12 >>> 15) | (w13 << 17)) & 524287
    out[i + 22] = (w13 >>> 2) & 524287
    out[i + 23] = ((w13 >>> 21) | (w14 << 11)) & 524287
    out[i + 24] = (w14 >>> 8) & 524287
    out[i + 25] = ((w14 >>> 27) | (w15 << 5)) & 524287
    out[i + 26] = ((w15 >>> 14) | (w16 << 18)) & 524287
    out[i + 27] = (w16 >>> 1) & 524287
    out[i + 28] = ((w16 >>> 20) | (w17 << 12)) & 524287
    out[i + 29] = (w17 >>> 7) & 524287
    out[i + 30] = ((w17 >>> 26) | (w18 << 6)) & 524287
    out[i + 31] = (w18 >>> 13)
  }
}
const unpack20: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 20) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    out[i + 0] = w0 & 1048575
    out[i + 1] = ((w0 >>> 20) | (w1 << 12)) & 1048575
    out[i + 2] = (w1 >>> 8) & 1048575
    out[i + 3] = ((w1 >>> 28) | (w2 << 4)) & 1048575
    out[i + 4] = ((w2 >>> 16) | (w3 << 16)) & 1048575
    out[i + 5] = (w3 >>> 4) & 1048575
    out[i + 6] = ((w3 >>> 24) | (w4 << 8)) & 1048575
    out[i + 7] = (w4 >>> 12)
    out[i + 8] = w5 & 1048575
    out[i + 9] = ((w5 >>> 20) | (w6 << 12)) & 1048575
    out[i + 10] = (w6 >>> 8) & 1048575
    out[i + 11] = ((w6 >>> 28) | (w7 << 4)) & 1048575
    out[i + 12] = ((w7 >>> 16) | (w8 << 16)) & 1048575
    out[i + 13] = (w8 >>> 4) & 1048575
    out[i + 14] = ((w8 >>> 24) | (w9 << 8)) & 1048575
    out[i + 15] = (w9 >>> 12)
    out[i + 16] = w10 & 1048575
    out[i + 17] = ((w10 >>> 20) | (w11 << 12)) & 1048575
    out[i + 18] = (w11 >>> 8) & 1048575
    out[i + 19] = ((w11 >>> 28) | (w12 << 4)) & 1048575
    out[i + 20] = ((w12 >>> 16) | (w13 << 16)) & 1048575
    out[i + 21] = (w13 >>> 4) & 1048575
    out[i + 22] = ((w13 >>> 24) | (w14 << 8)) & 1048575
    out[i + 23] = (w14 >>> 12)
    out[i + 24] = w15 & 1048575
    out[i + 25] = ((w15 >>> 20) | (w16 << 12)) & 1048575
    out[i + 26] = (w16 >>> 8) & 1048575
    out[i + 27] = ((w16 >>> 28) | (w17 << 4)) & 1048575
    out[i + 28] = ((w17 >>> 16) | (w18 << 16)) & 1048575
    out[i + 29] = (w18 >>> 4) & 1048575
    out[i + 30] = ((w18 >>> 24) | (w19 << 8)) & 1048575
    out[i + 31] = (w19 >>> 12)
  }
}
const unpack21: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 21) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    out[i + 0] = w0 & 2097151
    out[i + 1] = ((w0 >>> 21) | (w1 << 11)) & 2097151
    out[i + 2] = (w1 >>> 10) & 2097151
    out[i + 3] = ((w1 >>> 31) | (w2 << 1)) & 2097151
    out[i + 4] = ((w2 >>> 20) | (w3 << 12)) & 2097151
    out[i + 5] = (w3 >>> 9) & 2097151
    out[i + 6] = ((w3 >>> 30) | (w4 << 2)) & 2097151
    out[i + 7] = ((w4 >>> 19) | (w5 << 13)) & 2097151
    out[i + 8] = (w5 >>> 8) & 2097151
    out[i + 9] = ((w5 >>> 29) | (w6 << 3)) & 2097151
    out[i + 10] = ((w6 >>> 18) | (w7 << 14)) & 2097151
    out[i + 11] = (w7 >>> 7) & 2097151
    out[i + 12] = ((w7 >>> 28) | (w8 << 4)) & 2097151
    out[i + 13] = ((w8 >>> 17) | (w9 << 15)) & 2097151
    out[i + 14] = (w9 >>> 6) & 2097151
    out[i + 15] = ((w9 >>> 27) | (w10 << 5)) & 2097151
    out[i + 16] = ((w10 >>> 16) | (w11 << 16)) & 2097151
    out[i + 17] = (w11 >>> 5) & 2097151
    out[i + 18] = ((w11 >>> 26) | (w12 << 6)) & 2097151
    out[i + 19] = ((w12 >>> 15) | (w13 << 17)) & 2097151
    out[i + 20] = (w13 >>> 4) & 2097151
    out[i + 21] = ((w13 >>> 25) | (w14 << 7)) & 2097151
    out[i + 22] = ((w14 >>> 14) | (w15 << 18)) & 2097151
    out[i + 23] = (w15 >>> 3) & 2097151
    out[i + 24] = ((w15 >>> 24) | (w16 << 8)) & 2097151
    out[i + 25] = ((w16 >>> 13) | (w17 << 19)) & 2097151
    out[i + 26] = (w17 >>> 2) & 2097151
    out[i + 27] = ((w17 >>> 23) | (w18 << 9)) & 2097151
    out[i + 28] = ((w18 >>> 12) | (w19 << 20)) & 2097151
    out[i + 29] = (w19 >>> 1) & 2097151
    out[i + 30] = ((w19 >>> 22) | (w20 << 10)) & 2097151
    out[i + 31] = (w20 >>> 11)
  }
}
const unpack22: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 22) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    out[i + 0] = w0 & 4194303
    out[i + 1] = ((w0 >>> 22) | (w1 << 10)) & 4194303
    out[i + 2] = ((w1 >>> 12) | (w2 << 20)) & 4194303
    out[i + 3] = (w2 >>> 2) & 4194303
    out[i + 4] = ((w2 >>> 24) | (w3 << 8)) & 4194303
    out[i + 5] = ((w3 >>> 14) | (w4 << 18)) & 4194303
    out[i + 6] = (w4 >>> 4) & 4194303
    out[i + 7] = ((w4 >>> 26) | (w5 << 6)) & 4194303
    out[i + 8] = ((w5 >>> 16) | (w6 << 16)) & 4194303
    out[i + 9] = (w6 >>> 6) & 4194303
    out[i + 10] = ((w6 >>> 28) | (w7 << 4)) & 4194303
    out[i + 11] = ((w7 >>> 18) | (w8 << 14)) & 4194303
    out[i + 12] = (w8 >>> 8) & 4194303
    out[i + 13] = ((w8 >>> 30) | (w9 << 2)) & 4194303
    out[i + 14] = ((w9 >>> 20) | (w10 << 12)) & 4194303
    out[i + 15] = (w10 >>> 10)
    out[i + 16] = w11 & 4194303
    out[i + 17] = ((w11 >>> 22) | (w12 << 10)) & 4194303
    out[i + 18] = ((w12 >>> 12) | (w13 << 20)) & 4194303
    out[i + 19] = (w13 >>> 2) & 4194303
    out[i + 20] = ((w13 >>> 24) | (w14 << 8)) & 4194303
    out[i + 21] = ((w14 >>> 14) | (w15 << 18)) & 4194303
    out[i + 22] = (w15 >>> 4) & 4194303
    out[i + 23] = ((w15 >>> 26) | (w16 << 6)) & 4194303
    out[i + 24] = ((w16 >>> 16) | (w17 << 16)) & 4194303
    out[i + 25] = (w17 >>> 6) & 4194303
    out[i + 26] = ((w17 >>> 28) | (w18 << 4)) & 4194303
    out[i + 27] = ((w18 >>> 18) | (w19 << 14)) & 4194303
    out[i + 28] = (w19 >>> 8) & 4194303
    out[i + 29] = ((w19 >>> 30) | (w20 << 2)) & 4194303
    out[i + 30] = ((w20 >>> 20) | (w21 << 12)) & 4194303
    out[i + 31] = (w21 >>> 10)
  }
}
const unpack23: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 23) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    out[i + 0] = w0 & 8388607
    out[i + 1] = ((w0 >>> 23) | (w1 << 9)) & 8388607
    out[i + 2] = ((w1 >>> 14) | (w2 << 18)) & 8388607
    out[i + 3] = (w2 >>> 5) & 8388607
    out[i + 4] = ((w2 >>> 28) | (w3 << 4)) & 8388607
    out[i + 5] = ((w3 >>> 19) | (w4 << 13)) & 8388607
    out[i + 6] = ((w4 >>> 10) | (w5 << 22)) & 8388607
    out[i + 7] = (w5 >>> 1) & 8388607
    out[i + 8] = ((w5 >>> 24) | (w6 << 8)) & 8388607
    out[i + 9] = ((w6 >>> 15) | (w7 << 17)) & 8388607
    out[i + 10] = (w7 >>> 6) & 8388607
    out[i + 11] = ((w7 >>> 29) | (w8 << 3)) & 8388607
    out[i + 12] = ((w8 >>> 20) | (w9 << 12)) & 8388607
    out[i + 13] = ((w9 >>> 11) | (w10 << 21)) & 8388607
    out[i + 14] = (w10 >>> 2) & 8388607
    out[i + 15] = ((w10 >>> 25) | (w11 << 7)) & 8388607
    out[i + 16] = ((w11 >>> 16) | (w12 << 16)) & 8388607
    out[i + 17] = (w12 >>> 7) & 8388607
    out[i + 18] = ((w12 >>> 30) | (w13 << 2)) & 8388607
    out[i + 19] = ((w13 >>> 21) | (w14 << 11)) & 8388607
    out[i + 20] = ((w14 >>> 12) | (w15 << 20)) & 8388607
    out[i + 21] = (w15 >>> 3) & 8388607
    out[i + 22] = ((w15 >>> 26) | (w16 << 6)) & 8388607
    out[i + 23] = ((w16 >>> 17) | (w17 << 15)) & 8388607
    out[i + 24] = (w17 >>> 8) & 8388607
    out[i + 25] = ((w17 >>> 31) | (w18 << 1)) & 8388607
    out[i + 26] = ((w18 >>> 22) | (w19 << 10)) & 8388607
    out[i + 27] = ((w19 >>> 13) | (w20 << 19)) & 8388607
    out[i + 28] = (w20 >>> 4) & 8388607
    out[i + 29] = ((w20 >>> 27) | (w21 << 5)) & 8388607
    out[i + 30] = ((w21 >>> 18) | (w22 << 14)) & 8388607
    out[i + 31] = (w22 >>> 9)
  }
}
const unpack24: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 24) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    out[i + 0] = w0 & 16777215
    out[i + 1] = ((w0 >>> 24) | (w1 << 8)) & 16777215
    out[i + 2] = ((w1 >>> 16) | (w2 << 16)) & 16777215
    out[i + 3] = (w2 >>> 8)
    out[i + 4] = w3 & 16777215
    out[i + 5] = ((w3 >>> 24) | (w4 << 8)) & 16777215
    out[i + 6] = ((w4 >>> 16) | (w5 << 16)) & 16777215
    out[i + 7] = (w5 >>> 8)
    out[i + 8] = w6 & 16777215
    out[i + 9] = ((w6 >>> 24) | (w7 << 8)) & 16777215
    out[i + 10] = ((w7 >>> 16) | (w8 << 16)) & 16777215
    out[i + 11] = (w8 >>> 8)
    out[i + 12] = w9 & 16777215
    out[i + 13] = ((w9 >>> 24) | (w10 << 8)) & 16777215
    out[i + 14] = ((w10 >>> 16) | (w11 << 16)) & 16777215
    out[i + 15] = (w11 >>> 8)
    out[i + 16] = w12 & 16777215
    out[i + 17] = ((w12 >>> 24) | (w13 << 8)) & 16777215
    out[i + 18] = ((w13 >>> 16) | (w14 << 16)) & 16777215
    out[i + 19] = (w14 >>> 8)
    out[i + 20] = w15 & 16777215
    out[i + 21] = ((w15 >>> 24) | (w16 << 8)) & 16777215
    out[i + 22] = ((w16 >>> 16) | (w17 << 16)) & 16777215
    out[i + 23] = (w17 >>> 8)
    out[i + 24] = w18 & 16777215
    out[i + 25] = ((w18 >>> 24) | (w19 << 8)) & 16777215
    out[i + 26] = ((w19 >>> 16) | (w20 << 16)) & 16777215
    out[i + 27] = (w20 >>> 8)
    out[i + 28] = w21 & 16777215
    out[i + 29] = ((w21 >>> 24) | (w22 << 8)) & 16777215
    out[i + 30] = ((w22 >>> 16) | (w23 << 16)) & 16777215
    out[i + 31] = (w23 >>> 8)
  }
}
const unpack25: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 25) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    const w24 = words[p + 24]!
    out[i + 0] = w0 & 33554431
    out[i + 1] = ((w0 >>> 25) | (w1 << 7)) & 33554431
    out[i + 2] = ((w1 >>> 18) | (w2 << 14)) & 33554431
    out[i + 3] = ((w2 >>> 11) | (w3 << 21)) & 33554431
    out[i + 4] = (w3 >>> 4) & 33554431
    out[i + 5] = ((w3 >>> 29) | (w4 << 3)) & 33554431
    out[i + 6] = ((w4 >>> 22) | (w5 << 10)) & 33554431
    out[i + 7] = ((w5 >>> 15) | (w6 << 17)) & 33554431
    out[i + 8] = ((w6 >>> 8) | (w7 << 24)) & 33554431
    out[i + 9] = (w7 >>> 1) & 33554431
    out[i + 10] = ((w7 >>> 26) | (w8 << 6)) & 33554431
    out[i + 11] = ((w8 >>> 19) | (w9 << 13)) & 33554431
    out[i + 12] = ((w9 >>> 12) | (w10 << 20)) & 33554431
    out[i + 13] = (w10 >>> 5) & 33554431
    out[i + 14] = ((w10 >>> 30) | (w11 << 2)) & 33554431
    out[i + 15] = ((w11 >>> 23) | (w12 << 9)) & 33554431
    out[i + 16] = ((w12 >>> 16) | (w13 << 16)) & 33554431
    out[i + 17] = ((w13 >>> 9) | (w14 << 23)) & 33554431
    out[i + 18] = (w14 >>> 2) & 33554431
    out[i + 19] = ((w14 >>> 27) | (w15 << 5)) & 33554431
    out[i + 20] = ((w15 >>> 20) | (w16 << 12)) & 33554431
    out[i + 21] = ((w16 >>> 13) | (w17 << 19)) & 33554431
    out[i + 22] = (w17 >>> 6) & 33554431
    out[i + 23] = ((w17 >>> 31) | (w18 << 1)) & 33554431
    out[i + 24] = ((w18 >>> 24) | (w19 << 8)) & 33554431
    out[i + 25] = ((w19 >>> 17) | (w20 << 15)) & 33554431
    out[i + 26] = ((w20 >>> 10) | (w21 << 22)) & 33554431
    out[i + 27] = (w21 >>> 3) & 33554431
    out[i + 28] = ((w21 >>> 28) | (w22 << 4)) & 33554431
    out[i + 29] = ((w22 >>> 21) | (w23 << 11)) & 33554431
    out[i + 30] = ((w23 >>> 14) | (w24 << 18)) & 33554431
    out[i + 31] = (w24 >>> 7)
  }
}
const unpack26: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 26) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    const w24 = words[p + 24]!
    const w25 = words[p + 25]!
    out[i + 0] = w0 & 67108863
    out[i + 1] = ((w0 >>> 26) | (w1 << 6)) & 67108863
    out[i + 2] = ((w1 >>> 20) | (w2 << 12)) & 67108863
    out[i + 3] = ((w2 >>> 14) | (w3 << 18)) & 67108863
    out[i + 4] = ((w3 >>> 8) | (w4 << 24)) & 67108863
    out[i + 5] = (w4 >>> 2) & 67108863
    out[i + 6] = ((w4 >>> 28) | (w5 << 4)) & 67108863
    out[i + 7] = ((w5 >>> 22) | (w6 << 10)) & 67108863
    out[i + 8] = ((w6 >>> 16) | (w7 << 16)) & 67108863
    out[i + 9] = ((w7 >>> 10) | (w8 << 22)) & 67108863
    out[i + 10] = (w8 >>> 4) & 67108863
    out[i + 11] = ((w8 >>> 30) | (w9 << 2)) & 67108863
    out[i + 12] = ((w9 >>> 24) | (w10 << 8)) & 67108863
    out[i + 13] = ((w10 >>> 18) | (w11 << 14)) & 67108863
    out[i + 14] = ((w11 >>> 12) | (w12 << 20)) & 67108863
    out[i + 15] = (w12 >>> 6)
    out[i + 16] = w13 & 67108863
    out[i + 17] = ((w13 >>> 26) | (w14 << 6)) & 67108863
    out[i + 18] = ((w14 >>> 20) | (w15 << 12)) & 67108863
    out[i + 19] = ((w15 >>> 14) | (w16 << 18)) & 67108863
    out[i + 20] = ((w16 >>> 8) | (w17 << 24)) & 67108863
    out[i + 21] = (w17 >>> 2) & 67108863
    out[i + 22] = ((w17 >>> 28) | (w18 << 4)) & 67108863
    out[i + 23] = ((w18 >>> 22) | (w19 << 10)) & 67108863
    out[i + 24] = ((w19 >>> 16) | (w20 << 16)) & 67108863
    out[i + 25] = ((w20 >>> 10) | (w21 << 22)) & 67108863
    out[i + 26] = (w21 >>> 4) & 67108863
    out[i + 27] = ((w21 >>> 30) | (w22 << 2)) & 67108863
    out[i + 28] = ((w22 >>> 24) | (w23 << 8)) & 67108863
    out[i + 29] = ((w23 >>> 18) | (w24 << 14)) & 67108863
    out[i + 30] = ((w24 >>> 12) | (w25 << 20)) & 67108863
    out[i + 31] = (w25 >>> 6)
  }
}
const unpack27: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 27) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    const w24 = words[p + 24]!
    const w25 = words[p + 25]!
    const w26 = words[p + 26]!
    out[i + 0] = w0 & 134217727
    out[i + 1] = ((w0 >>> 27) | (w1 << 5)) & 134217727
    out[i + 2] = ((w1 >>> 22) | (w2 << 10)) & 134217727
    out[i + 3] = ((w2 >>> 17) | (w3 << 15)) & 134217727
    out[i + 4] = ((w3 >>> 12) | (w4 << 20)) & 134217727
    out[i + 5] = ((w4 >>> 7) | (w5 << 25)) & 134217727
    out[i + 6] = (w5 >>> 2) & 134217727
    out[i + 7] = ((w5 >>> 29) | (w6 << 3)) & 134217727
    out[i + 8] = ((w6 >>> 24) | (w7 << 8)) & 134217727
    out[i + 9] = ((w7 >>> 19) | (w8 << 13)) & 134217727
    out[i + 10] = ((w8 >>> 14) | (w9 << 18)) & 134217727
    out[i + 11] = ((w9 >>> 9) | (w10 << 23)) & 134217727
    out[i + 12] = (w10 >>> 4) & 134217727
    out[i + 13] = ((w10 >>> 31) | (w11 << 1)) & 134217727
    out[i + 14] = ((w11 >>> 26) | (w12 << 6)) & 134217727
    out[i + 15] = ((w12 >>> 21) | (w13 << 11)) & 134217727
    out[i + 16] = ((w13 >>> 16) | (w14 << 16)) & 134217727
    out[i + 17] = ((w14 >>> 11) | (w15 << 21)) & 134217727
    out[i + 18] = ((w15 >>> 6) | (w16 << 26)) & 134217727
    out[i + 19] = (w16 >>> 1) & 134217727
    out[i + 20] = ((w16 >>> 28) | (w17 << 4)) & 134217727
    out[i + 21] = ((w17 >>> 23) | (w18 << 9)) & 134217727
    out[i + 22] = ((w18 >>> 18) | (w19 << 14)) & 134217727
    out[i + 23] = ((w19 >>> 13) | (w20 << 19)) & 134217727
    out[i + 24] = ((w20 >>> 8) | (w21 << 24)) & 134217727
    out[i + 25] = (w21 >>> 3) & 134217727
    out[i + 26] = ((w21 >>> 30) | (w22 << 2)) & 134217727
    out[i + 27] = ((w22 >>> 25) | (w23 << 7)) & 134217727
    out[i + 28] = ((w23 >>> 20) | (w24 << 12)) & 134217727
    out[i + 29] = ((w24 >>> 15) | (w25 << 17)) & 134217727
    out[i + 30] = ((w25 >>> 10) | (w26 << 22)) & 134217727
    out[i + 31] = (w26 >>> 5)
  }
}
const unpack28: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 28) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    const w24 = words[p + 24]!
    const w25 = words[p + 25]!
    const w26 = words[p + 26]!
    const w27 = words[p + 27]!
    out[i + 0] = w0 & 268435455
    out[i + 1] = ((w0 >>> 28) | (w1 << 4)) & 268435455
    out[i + 2] = ((w1 >>> 24) | (w2 << 8)) & 268435455
    out[i + 3] = ((w2 >>> 20) | (w3 << 12)) & 268435455
    out[i + 4] = ((w3 >>> 16) | (w4 << 16)) & 268435455
    out[i + 5] = ((w4 >>> 12) | (w5 << 20)) & 268435455
    out[i + 6] = ((w5 >>> 8) | (w6 << 24)) & 268435455
    out[i + 7] = (w6 >>> 4)
    out[i + 8] = w7 & 268435455
    out[i + 9] = ((w7 >>> 28) | (w8 << 4)) & 268435455
    out[i + 10] = ((w8 >>> 24) | (w9 << 8)) & 268435455
    out[i + 11] = ((w9 >>> 20) | (w10 << 12)) & 268435455
    out[i + 12] = ((w10 >>> 16) | (w11 << 16)) & 268435455
    out[i + 13] = ((w11 >>> 12) | (w12 << 20)) & 268435455
    out[i + 14] = ((w12 >>> 8) | (w13 << 24)) & 268435455
    out[i + 15] = (w13 >>> 4)
    out[i + 16] = w14 & 268435455
    out[i + 17] = ((w14 >>> 28) | (w15 << 4)) & 268435455
    out[i + 18] = ((w15 >>> 24) | (w16 << 8)) & 268435455
    out[i + 19] = ((w16 >>> 20) | (w17 << 12)) & 268435455
    out[i + 20] = ((w17 >>> 16) | (w18 << 16)) & 268435455
    out[i + 21] = ((w18 >>> 12) | (w19 << 20)) & 268435455
    out[i + 22] = ((w19 >>> 8) | (w20 << 24)) & 268435455
    out[i + 23] = (w20 >>> 4)
    out[i + 24] = w21 & 268435455
    out[i + 25] = ((w21 >>> 28) | (w22 << 4)) & 268435455
    out[i + 26] = ((w22 >>> 24) | (w23 << 8)) & 268435455
    out[i + 27] = ((w23 >>> 20) | (w24 << 12)) & 268435455
    out[i + 28] = ((w24 >>> 16) | (w25 << 16)) & 268435455
    out[i + 29] = ((w25 >>> 12) | (w26 << 20)) & 268435455
    out[i + 30] = ((w26 >>> 8) | (w27 << 24)) & 268435455
    out[i + 31] = (w27 >>> 4)
  }
}
const unpack29: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 29) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    const w24 = words[p + 24]!
    const w25 = words[p + 25]!
    const w26 = words[p + 26]!
    const w27 = words[p + 27]!
    const w28 = words[p + 28]!
    out[i + 0] = w0 & 536870911
    out[i + 1] = ((w0 >>> 29) | (w1 << 3)) & 536870911
    out[i + 2] = ((w1 >>> 26) | (w2 << 6)) & 536870911
    out[i + 3] = ((w2 >>> 23) | (w3 << 9)) & 536870911
    out[i + 4] = ((w3 >>> 20) | (w4 << 12)) & 536870911
    out[i + 5] = ((w4 >>> 17) | (w5 << 15)) & 536870911
    out[i + 6] = ((w5 >>> 14) | (w6 << 18)) & 536870911
    out[i + 7] = ((w6 >>> 11) | (w7 << 21)) & 536870911
    out[i + 8] = ((w7 >>> 8) | (w8 << 24)) & 536870911
    out[i + 9] = ((w8 >>> 5) | (w9 << 27)) & 536870911
    out[i + 10] = (w9 >>> 2) & 536870911
    out[i + 11] = ((w9 >>> 31) | (w10 << 1)) & 536870911
    out[i + 12] = ((w10 >>> 28) | (w11 << 4)) & 536870911
    out[i + 13] = ((w11 >>> 25) | (w12 << 7)) & 536870911
    out[i + 14] = ((w12 >>> 22) | (w13 << 10)) & 536870911
    out[i + 15] = ((w13 >>> 19) | (w14 << 13)) & 536870911
    out[i + 16] = ((w14 >>> 16) | (w15 << 16)) & 536870911
    out[i + 17] = ((w15 >>> 13) | (w16 << 19)) & 536870911
    out[i + 18] = ((w16 >>> 10) | (w17 << 22)) & 536870911
    out[i + 19] = ((w17 >>> 7) | (w18 << 25)) & 536870911
    out[i + 20] = ((w18 >>> 4) | (w19 << 28)) & 536870911
    out[i + 21] = (w19 >>> 1) & 536870911
    out[i + 22] = ((w19 >>> 30) | (w20 << 2)) & 536870911
    out[i + 23] = ((w20 >>> 27) | (w21 << 5)) & 536870911
    out[i + 24] = ((w21 >>> 24) | (w22 << 8)) & 536870911
    out[i + 25] = ((w22 >>> 21) | (w23 << 11)) & 536870911
    out[i + 26] = ((w23 >>> 18) | (w24 << 14)) & 536870911
    out[i + 27] = ((w24 >>> 15) | (w25 << 17)) & 536870911
    out[i + 28] = ((w25 >>> 12) | (w26 << 20)) & 536870911
    out[i + 29] = ((w26 >>> 9) | (w27 << 23)) & 536870911
    out[i + 30] = ((w27 >>> 6) | (w28 << 26)) & 536870911
    out[i + 31] = (w28 >>> 3)
  }
}
const unpack30: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 30) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    const w24 = words[p + 24]!
    const w25 = words[p + 25]!
    const w26 = words[p + 26]!
    const w27 = words[p + 27]!
    const w28 = words[p + 28]!
    const w29 = words[p + 29]!
    out[i + 0] = w0 & 1073741823
    out[i + 1] = ((w0 >>> 30) | (w1 << 2)) & 1073741823
    out[i + 2] = ((w1 >>> 28) | (w2 << 4)) & 1073741823
    out[i + 3] = ((w2 >>> 26) | (w3 << 6)) & 1073741823
    out[i + 4] = ((w3 >>> 24) | (w4 << 8)) & 1073741823
    out[i + 5] = ((w4 >>> 22) | (w5 << 10)) & 1073741823
    out[i + 6] = ((w5 >>> 20) | (w6 << 12)) & 1073741823
    out[i + 7] = ((w6 >>> 18) | (w7 << 14)) & 1073741823
    out[i + 8] = ((w7 >>> 16) | (w8 << 16)) & 1073741823
    out[i + 9] = ((w8 >>> 14) | (w9 << 18)) & 1073741823
    out[i + 10] = ((w9 >>> 12) | (w10 << 20)) & 1073741823
    out[i + 11] = ((w10 >>> 10) | (w11 << 22)) & 1073741823
    out[i + 12] = ((w11 >>> 8) | (w12 << 24)) & 1073741823
    out[i + 13] = ((w12 >>> 6) | (w13 << 26)) & 1073741823
    out[i + 14] = ((w13 >>> 4) | (w14 << 28)) & 1073741823
    out[i + 15] = (w14 >>> 2)
    out[i + 16] = w15 & 1073741823
    out[i + 17] = ((w15 >>> 30) | (w16 << 2)) & 1073741823
    out[i + 18] = ((w16 >>> 28) | (w17 << 4)) & 1073741823
    out[i + 19] = ((w17 >>> 26) | (w18 << 6)) & 1073741823
    out[i + 20] = ((w18 >>> 24) | (w19 << 8)) & 1073741823
    out[i + 21] = ((w19 >>> 22) | (w20 << 10)) & 1073741823
    out[i + 22] = ((w20 >>> 20) | (w21 << 12)) & 1073741823
    out[i + 23] = ((w21 >>> 18) | (w22 << 14)) & 1073741823
    out[i + 24] = ((w22 >>> 16) | (w23 << 16)) & 1073741823
    out[i + 25] = ((w23 >>> 14) | (w24 << 18)) & 1073741823
    out[i + 26] = ((w24 >>> 12) | (w25 << 20)) & 1073741823
    out[i + 27] = ((w25 >>> 10) | (w26 << 22)) & 1073741823
    out[i + 28] = ((w26 >>> 8) | (w27 << 24)) & 1073741823
    out[i + 29] = ((w27 >>> 6) | (w28 << 26)) & 1073741823
    out[i + 30] = ((w28 >>> 4) | (w29 << 28)) & 1073741823
    out[i + 31] = (w29 >>> 2)
  }
}
const unpack31: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 31) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    const w24 = words[p + 24]!
    const w25 = words[p + 25]!
    const w26 = words[p + 26]!
    const w27 = words[p + 27]!
    const w28 = words[p + 28]!
    const w29 = words[p + 29]!
    const w30 = words[p + 30]!
    out[i + 0] = w0 & 2147483647
    out[i + 1] = ((w0 >>> 31) | (w1 << 1)) & 2147483647
    out[i + 2] = ((w1 >>> 30) | (w2 << 2)) & 2147483647
    out[i + 3] = ((w2 >>> 29) | (w3 << 3)) & 2147483647
    out[i + 4] = ((w3 >>> 28) | (w4 << 4)) & 2147483647
    out[i + 5] = ((w4 >>> 27) | (w5 << 5)) & 2147483647
    out[i + 6] = ((w5 >>> 26) | (w6 << 6)) & 2147483647
    out[i + 7] = ((w6 >>> 25) | (w7 << 7)) & 2147483647
    out[i + 8] = ((w7 >>> 24) | (w8 << 8)) & 2147483647
    out[i + 9] = ((w8 >>> 23) | (w9 << 9)) & 2147483647
    out[i + 10] = ((w9 >>> 22) | (w10 << 10)) & 2147483647
    out[i + 11] = ((w10 >>> 21) | (w11 << 11)) & 2147483647
    out[i + 12] = ((w11 >>> 20) | (w12 << 12)) & 2147483647
    out[i + 13] = ((w12 >>> 19) | (w13 << 13)) & 2147483647
    out[i + 14] = ((w13 >>> 18) | (w14 << 14)) & 2147483647
    out[i + 15] = ((w14 >>> 17) | (w15 << 15)) & 2147483647
    out[i + 16] = ((w15 >>> 16) | (w16 << 16)) & 2147483647
    out[i + 17] = ((w16 >>> 15) | (w17 << 17)) & 2147483647
    out[i + 18] = ((w17 >>> 14) | (w18 << 18)) & 2147483647
    out[i + 19] = ((w18 >>> 13) | (w19 << 19)) & 2147483647
    out[i + 20] = ((w19 >>> 12) | (w20 << 20)) & 2147483647
    out[i + 21] = ((w20 >>> 11) | (w21 << 21)) & 2147483647
    out[i + 22] = ((w21 >>> 10) | (w22 << 22)) & 2147483647
    out[i + 23] = ((w22 >>> 9) | (w23 << 23)) & 2147483647
    out[i + 24] = ((w23 >>> 8) | (w24 << 24)) & 2147483647
    out[i + 25] = ((w24 >>> 7) | (w25 << 25)) & 2147483647
    out[i + 26] = ((w25 >>> 6) | (w26 << 26)) & 2147483647
    out[i + 27] = ((w26 >>> 5) | (w27 << 27)) & 2147483647
    out[i + 28] = ((w27 >>> 4) | (w28 << 28)) & 2147483647
    out[i + 29] = ((w28 >>> 3) | (w29 << 29)) & 2147483647
    out[i + 30] = ((w29 >>> 2) | (w30 << 30)) & 2147483647
    out[i + 31] = (w30 >>> 1)
  }
}
const unpack32: Unpack = (words, at, count, out) => {
  for (let i = 0, p = at; i < count; i += 32, p += 32) {
    const w0 = words[p + 0]!
    const w1 = words[p + 1]!
    const w2 = words[p + 2]!
    const w3 = words[p + 3]!
    const w4 = words[p + 4]!
    const w5 = words[p + 5]!
    const w6 = words[p + 6]!
    const w7 = words[p + 7]!
    const w8 = words[p + 8]!
    const w9 = words[p + 9]!
    const w10 = words[p + 10]!
    const w11 = words[p + 11]!
    const w12 = words[p + 12]!
    const w13 = words[p + 13]!
    const w14 = words[p + 14]!
    const w15 = words[p + 15]!
    const w16 = words[p + 16]!
    const w17 = words[p + 17]!
    const w18 = words[p + 18]!
    const w19 = words[p + 19]!
    const w20 = words[p + 20]!
    const w21 = words[p + 21]!
    const w22 = words[p + 22]!
    const w23 = words[p + 23]!
    const w24 = words[p + 24]!
    const w25 = words[p + 25]!
    const w26 = words[p + 26]!
    const w27 = words[p + 27]!
    const w28 = words[p + 28]!
    const w29 = words[p + 29]!
    const w30 = words[p + 30]!
    const w31 = words[p + 31]!
    out[i + 0] = w0
    out[i + 1] = w1
    out[i + 2] = w2
    out[i + 3] = w3
    out[i + 4] = w4
    out[i + 5] = w5
    out[i + 6] = w6
    out[i + 7] = w7
    out[i + 8] = w8
    out[i + 9] = w9
    out[i + 10] = w10
    out[i + 11] = w11
    out[i + 12] = w12
    out[i + 13] = w13
    out[i + 14] = w14
    out[i + 15] = w15
    out[i + 16] = w16
    out[i + 17] = w17
    out[i + 18] = w18
    out[i + 19] = w19
    out[i + 20] = w20
    out[i + 21] = w21
    out[i + 22] = w22
    out[i + 23] = w23
    out[i + 24] = w24
    out[i + 25] = w25
    out[i + 26] = w26
    out[i + 27] = w27
    out[i + 28] = w28
    out[i + 29] = w29
    out[i + 30] = w30
    out[i + 31] = w31
  }
}

const none: Pack & Unpack = () => {}
/** By bit width, 1 to 32. */
export const pack: ReadonlyArray<Pack> = [none, pack1, pack2, pack3, pack4, pack5, pack6, pack7, pack8, pack9, pack10, pack11, pack12, pack13, pack14, pack15, pack16, pack17, pack18, pack19, pack20, pack21, pack22, pack23, pack24, pack25, pack26, pack27, pack28, pack29, pack30, pack31, pack32]
export const unpack: ReadonlyArray<Unpack> = [none, unpack1, unpack2, unpack3, unpack4, unpack5, unpack6, unpack7, unpack8, unpack9, unpack10, unpack11, unpack12, unpack13, unpack14, unpack15, unpack16, unpack17, unpack18, unpack19, unpack20, unpack21, unpack22, unpack23, unpack24, unpack25, unpack26, unpack27, unpack28, unpack29, unpack30, unpack31, unpack32]
