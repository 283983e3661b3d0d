import { detectLevel, resolveTerminal, Terminal } from "@wanllmdb/core/log"
import fc from "fast-check"
import { describe, expect, it } from "vitest"

const scale = Number(process.env.WANLLMDB_FUZZ ?? 1)

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const colour = /\x1b\[[\d;]+m/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\x00-\x08\x0a-\x1f\x7f]/

describe("resolveTerminal", () => {
  it("plain text is split at its line breaks and otherwise kept", () => {
    expect(resolveTerminal("a\tb  \nünï\u{1f600}\n")).toEqual(["a\tb  ", "ünï\u{1f600}"])
    expect(resolveTerminal("a\r\n\r\nb")).toEqual(["a", "", "b"])
    expect(resolveTerminal("")).toEqual([""])
  })

  it("a progress bar that returns to the start of its line is one line", () => {
    expect(resolveTerminal("\r  0%|   | 0/2\r 50%|█  | 1/2\r100%|███| 2/2\ndone\n")).toEqual(["100%|███| 2/2", "done"])
    expect(resolveTerminal("downloading 10\rok")).toEqual(["okwnloading 10"])
    expect(resolveTerminal("long text\r\x1b[Kok")).toEqual(["ok"])
    expect(resolveTerminal("long text\x1b[2K\rok     ")).toEqual(["ok"])
  })

  it("backspaces overwrite", () => {
    expect(resolveTerminal("epoch 1\b2")).toEqual(["epoch 2"])
    expect(resolveTerminal("\b\b\bx")).toEqual(["x"])
  })

  it("nested bars that move up redraw their own lines", () => {
    const frames = [0, 1, 2].map((n) => `outer ${n}\ninner ${n}\n`).join("\x1b[2A")
    expect(resolveTerminal(frames)).toEqual(["outer 2", "inner 2"])
    expect(resolveTerminal("outer\n\ninner\x1b[A\x1b[A\rOUTER\x1b[2B\rdone")).toEqual(["OUTER", "", "doner"])
    expect(resolveTerminal("a\nb\nc\x1b[2F\x1b[J")).toEqual(["", "", ""])
  })

  it("colours stay, reduced to what each character needs", () => {
    expect(resolveTerminal("\x1b[1;31mred\x1b[0m plain")).toEqual(["\x1b[1;31mred\x1b[0m plain"])
    expect(resolveTerminal("\x1b[38;5;208morange\x1b[39m.")).toEqual(["\x1b[38;5;208morange\x1b[0m."])
    expect(resolveTerminal(`${"\x1b[32m".repeat(500)}x`)).toEqual(["\x1b[32mx\x1b[0m"])
    expect(resolveTerminal("\x1b[31mab\x1b[0m\rc")).toEqual(["c\x1b[31mb\x1b[0m"])
    expect(resolveTerminal("\x1b[31mtwo\nlines")).toEqual(["\x1b[31mtwo\x1b[0m", "\x1b[31mlines\x1b[0m"])
  })

  it("titles, cursor hiding and other sequences leave nothing behind", () => {
    expect(resolveTerminal("\x1b]0;title\x07a\x1b[?25lb\x1b(Bc\x1b]8;;http://x\x1b\\d\x07e\x00f")).toEqual(["abcdef"])
  })

  it("wide and combining characters are overwritten as what they show", () => {
    expect(resolveTerminal("漢字x\r12")).toEqual(["12字x"])
    expect(resolveTerminal("e\u0301x\ra")).toEqual(["ax"])
  })

  it("huge cursor moves open no huge lines", () => {
    const [line] = resolveTerminal("a\x1b[999999999Cb\x1b[999999999B\x1b[999999999G")
    expect(line!.length).toBeLessThan(5000)
  })
})

describe("hostile output", () => {
  it("a row of any width is kept, and what would change it goes to the next", () => {
    const wide = "x".repeat(100_000)
    expect(resolveTerminal(`${wide}\rab`)).toEqual([wide, "ab"])
    expect(resolveTerminal(`${wide}\x1b[2Kab\r\nc`)).toEqual([wide, "ab", "c"])
    expect(resolveTerminal(`${wide}\r\ny`)).toEqual([wide, "y"])
    expect(resolveTerminal(`${wide}${"\b\x1b[1K".repeat(3)}z`)).toEqual([wide, "z"])
  })

  it("megabytes of redraws come to an end", () => {
    const redraws = `${"x".repeat(4_000)}${"\rab\b".repeat(250_000)}`
    expect(resolveTerminal(redraws)).toEqual([`ab${"x".repeat(3_998)}`])
    expect(resolveTerminal(`${"y".repeat(1_000_000)}${"\x1b[2Kx".repeat(100_000)}`).length).toBeLessThan(50)
  })
})

describe("Terminal", () => {
  it("gives only the lines that a write changed", () => {
    const terminal = new Terminal()
    expect(terminal.write("one\ntwo")).toEqual([
      { line: 0, text: "one" },
      { line: 1, text: "two" }
    ])
    expect(terminal.write("\rTWO\n\n")).toEqual([
      { line: 1, text: "TWO" },
      { line: 2, text: "" }
    ])
    expect(terminal.write("\x1b[3A\rONE")).toEqual([{ line: 0, text: "ONE" }])
  })

  it("lines far above the cursor are final", () => {
    const terminal = new Terminal()
    const lines = terminal.write("x\n".repeat(1000))
    expect(lines.length).toBe(1000)
    expect(terminal.write("\x1b[4000Ay").map(({ line }) => line)).toEqual([745])
  })

  const output = fc.array(
    fc.oneof(
      fc.constantFrom("\r", "\n", "\b", "\x1b[K", "\x1b[1K", "\x1b[2K", "\x1b[A", "\x1b[3B", "\x1b[5C", "\x1b[2D"),
      fc.constantFrom("\x1b[31m", "\x1b[0m", "\x1b[38;2;1;2;3m", "\x1b[J", "\x1b[4G", "\x1b]0;t\x07", "\x1b", "\x1b["),
      fc.string({ maxLength: 8 }),
      fc.string({ maxLength: 5, unit: "binary" })
    ),
    { maxLength: 60 }
  )

  it("cutting the output anywhere changes nothing", () => {
    fc.assert(
      fc.property(output, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (pieces, sizes) => {
        const text = pieces.join("")
        const whole = new Map(new Terminal().write(text).map(({ line, text: shown }) => [line, shown]))
        const cut = new Map<number, string>()
        const terminal = new Terminal()
        const characters = Array.from(text)
        for (let at = 0; at < characters.length; ) {
          const size = sizes.next().value
          for (const line of terminal.write(characters.slice(at, at + size).join(""))) cut.set(line.line, line.text)
          at += size
        }
        expect([...cut].sort(([a], [b]) => a - b)).toEqual([...whole])
      }),
      { numRuns: 100 * scale }
    )
  })

  it("what it shows holds no control character but colour, and shows itself again", () => {
    fc.assert(
      fc.property(output, (pieces) => {
        for (const line of resolveTerminal(pieces.join(""))) {
          expect(line.replace(colour, "")).not.toMatch(control)
          expect(resolveTerminal(line)).toEqual([line])
        }
      }),
      { numRuns: 100 * scale }
    )
  })
})

describe("detectLevel", () => {
  it("knows what loggers print and leaves prose alone", () => {
    expect(detectLevel("2026-11-24 10:00:00 [WARNING] low disk")).toBe("warn")
    expect(detectLevel("INFO:root:started")).toBe("info")
    expect(detectLevel("CRITICAL out of memory")).toBe("error")
    expect(detectLevel("Traceback (most recent call last):")).toBe("error")
    expect(detectLevel("torch.cuda.OutOfMemoryError: CUDA out of memory")).toBe("error")
    expect(detectLevel("the error rate is 0.1")).toBeUndefined()
    expect(detectLevel("NO_ERRORS found")).toBeUndefined()
  })
})
