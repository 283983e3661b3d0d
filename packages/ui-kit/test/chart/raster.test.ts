/** Pictures without a browser: what the rasteriser covers, blends and keeps out of. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { drawScene } from "../../src/raster/drawScene.ts"
import { fillBand } from "../../src/raster/fillBand.ts"
import { Scene, type SceneLine } from "../../src/raster/Scene.ts"
import { Surface } from "../../src/raster/Surface.ts"
import { stampDisc, strokeLine } from "../../src/raster/strokeLine.ts"

const everything = (surface: Surface) => ({ left: 0, top: 0, right: surface.width, bottom: surface.height })
const picture = (surface: Surface) => {
  const rows = new Uint32Array(surface.width * surface.height)
  surface.finish(rows)
  return rows
}
const alphaSum = (surface: Surface) => picture(surface).reduce((sum, pixel) => sum + (pixel >>> 24), 0) / 255

describe("a stroke", () => {
  it("covers its length times its width, at any angle and width", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: Math.PI * 2, noNaN: true }),
        fc.double({ min: 1, max: 6, noNaN: true }),
        (angle, width) => {
          const surface = new Surface(80, 80)
          // Left to right, as the points of a chart are.
          const [dx, dy] = [Math.abs(Math.cos(angle)) * 30, Math.sin(angle) * 30]
          strokeLine(
            surface,
            Float64Array.of(40 - dx, 40 + dx),
            Float64Array.of(40 - dy, 40 + dy),
            0,
            2,
            width,
            everything(surface)
          )
          surface.composite(0x0000ff, 1)
          // The round ends add up to a circle more.
          expect(alphaSum(surface)).toBeGreaterThan(60 * width * 0.93)
          expect(alphaSum(surface)).toBeLessThan((60 + width) * width * 1.12 + 4)
        }
      ),
      { numRuns: 60 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
    )
  })

  it("is as opaque at its joints as between them", () => {
    const surface = new Surface(40, 20)
    strokeLine(surface, Float64Array.of(2, 20, 38), Float64Array.of(10, 10, 10), 0, 3, 4, everything(surface))
    surface.composite(0x00ff00, 0.5)
    const middle = Array.from({ length: 30 }, (_, at) => picture(surface)[10 * 40 + 5 + at]!)
    expect(new Set(middle).size).toBe(1)
    expect(middle[0]! >>> 24).toBeGreaterThan(120)
    expect(middle[0]! >>> 24).toBeLessThan(135)
  })

  it("never draws outside its clip, wherever its points are", () => {
    const far = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(far, far), { minLength: 2, maxLength: 6 }), (points) => {
        const surface = new Surface(32, 24)
        const sorted = [...points].sort((a, b) => a[0] - b[0])
        const clip = { left: 4, top: 5, right: 28, bottom: 19 }
        strokeLine(
          surface,
          Float64Array.from(sorted, (p) => p[0]),
          Float64Array.from(sorted, (p) => p[1]),
          0,
          sorted.length,
          3,
          clip
        )
        surface.composite(0xffffff, 1)
        picture(surface).forEach((pixel, at) => {
          const [column, row] = [at % 32, Math.floor(at / 32)]
          if (column < 4 || column >= 28 || row < 5 || row >= 19) expect(pixel).toBe(0)
        })
      }),
      { numRuns: 60 * Number(process.env.WANLLMDB_FUZZ ?? 1) }
    )
  })
})

it("a disc covers its area", () => {
  const surface = new Surface(40, 40)
  stampDisc(surface, 20.3, 19.6, 8, everything(surface))
  surface.composite(0xff0000, 1)
  expect(alphaSum(surface)).toBeCloseTo(Math.PI * 64, -1)
})

it("a band fills what lies between its limits and leaves gaps where they are no numbers", () => {
  const surface = new Surface(40, 40)
  const x = Float64Array.of(0, 20, 40)
  fillBand(surface, x, Float64Array.of(10, 10, 10), Float64Array.of(30, 30, 30), 0, 3, everything(surface))
  surface.composite(0xff0000, 1)
  expect(alphaSum(surface)).toBeCloseTo(800, 0)
  const gap = new Surface(40, 40)
  fillBand(gap, x, Float64Array.of(10, 10, Number.NaN), Float64Array.of(30, 30, 30), 0, 3, everything(gap))
  gap.composite(0xff0000, 1)
  expect(alphaSum(gap)).toBeCloseTo(400, 0)
})

it("what is half transparent keeps its own colour", () => {
  const surface = new Surface(8, 8)
  stampDisc(surface, 4, 4, 6, everything(surface))
  surface.composite(0x3264c8, 0.25)
  const pixel = picture(surface)[4 * 8 + 4]!
  expect(Math.abs((pixel >>> 24) - 64)).toBeLessThan(2)
  expect(Math.abs((pixel & 255) - 0xc8)).toBeLessThan(4)
  expect(Math.abs(((pixel >>> 8) & 255) - 0x64)).toBeLessThan(4)
  expect(Math.abs(((pixel >>> 16) & 255) - 0x32)).toBeLessThan(4)
})

describe("a scene", () => {
  const line = (id: string, more: Partial<SceneLine> = {}): SceneLine => ({
    id,
    colour: 0x0000ff,
    width: 1.5,
    opacity: 1,
    live: false,
    ...more
  })
  const draw = (y: ReadonlyArray<number>, change: (scene: Scene) => void = () => {}, more: Partial<SceneLine> = {}) => {
    const scene = new Scene()
    scene.apply({
      frame: { width: 116, height: 66, ratio: 1, plot: { left: 8, top: 8, right: 108, bottom: 58 } },
      view: { x: { from: 0, to: y.length - 1 }, y: { from: 0, to: 1 }, xScale: "linear", yScale: "linear" },
      lines: [line("a", more)],
      put: [{ id: "a", data: { x: Float64Array.from(y, (_, at) => at), y: Float64Array.from(y) } }]
    })
    change(scene)
    const surface = new Surface(116, 66)
    drawScene(scene, surface)
    return surface
  }
  const inkAt = (surface: Surface, column: number) =>
    picture(surface).filter((pixel, at) => at % 116 === column && pixel >>> 24 > 40).length

  it("breaks a line at NaN, shows a lone point as a dot and marks the gap", () => {
    const surface = draw([0.5, 0.5, Number.NaN, 0.5, Number.NaN, 0.5, 0.5])
    const rows = picture(surface)
    const at = (column: number, row: number) => rows[row * 116 + column]! >>> 24
    expect(at(16, 33)).toBeGreaterThan(180)
    expect(at(41, 33)).toBe(0)
    expect(at(58, 33)).toBeGreaterThan(180)
    expect(at(41, 57)).toBeGreaterThan(0)
  })

  it("draws the raw line faintly behind a smoothed one", () => {
    const noisy = Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? 0.2 : 0.8))
    const surface = draw(noisy, (scene) => scene.apply({ smoothing: { kind: "ema", amount: 0.95 } }))
    const rows = picture(surface)
    const alphas = Array.from({ length: 66 }, (_, row) => rows[row * 116 + 80]! >>> 24)
    expect(alphas.filter((alpha) => alpha > 200).length).toBeGreaterThan(0)
    expect(alphas.filter((alpha) => alpha > 20 && alpha < 70).length).toBeGreaterThan(15)
  })

  it("loses no spike when many points share a pixel", () => {
    const many = Array.from({ length: 20_000 }, (_, at) => (at === 12_345 ? 1 : 0.1))
    expect(inkAt(draw(many), 8 + Math.floor((12_345 / 19_999) * 100))).toBeGreaterThan(30)
  })

  it("ends a live line in a dot with a halo, and fades the others behind the emphasised one", () => {
    const quiet = alphaSum(draw([0.5, 0.5]))
    expect(alphaSum(draw([0.5, 0.5], () => {}, { live: true }))).toBeGreaterThan(quiet + 30)
    expect(alphaSum(draw([0.5, 0.5], (scene) => scene.apply({ emphasis: ["b"] })))).toBeCloseTo(quiet * 0.75, -1)
    expect(alphaSum(draw([0.5, 0.5], (scene) => scene.apply({ emphasis: ["a"] })))).toBeGreaterThan(quiet * 1.3)
  })

  it("takes appended points and forgets dropped series", () => {
    const scene = new Scene()
    scene.apply({ put: [{ id: "a", data: { x: Float64Array.of(0), y: Float64Array.of(1) } }] })
    scene.apply({ append: [{ id: "a", data: { x: Float64Array.of(1), y: Float64Array.of(2) } }] })
    expect([...scene.series.get("a")!.y]).toEqual([1, 2])
    scene.apply({ drop: ["a"] })
    expect(scene.series.size).toBe(0)
  })
})
