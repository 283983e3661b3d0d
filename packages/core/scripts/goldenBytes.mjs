/** What a golden vector's JSON stands for in bytes. `metric` is the module of formats, from sources in tests, built in the script. */

const special = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY, "-0": -0 }

/** Numbers as JSON has them, and the strings of what it lacks. */
export const toNumbers = (values) => Float64Array.from(values, (value) => special[value] ?? value)

const toColumn = ({ kind, values, rows }) => ({
  kind,
  values: kind === "number" ? toNumbers(values) : values,
  ...(rows === undefined ? {} : { rows: Uint32Array.from(rows) })
})

/** Name and bytes of each file that belongs to the vector. */
export const goldenBytes = (metric, vector) => {
  switch (vector.format) {
    case "frame":
      return {
        frame: metric.encodeFrame(
          vector.sections.map((section) => ({
            ...section,
            steps: toNumbers(section.steps),
            times: toNumbers(section.times),
            columns: section.columns.map(toColumn)
          }))
        )
      }
    case "column": {
      const values = toNumbers(vector.values)
      return { column: metric.encodeValues(values, 0, values.length) }
    }
    case "chunk": {
      const [steps, times, values] = [vector.steps, vector.times, vector.values].map(toNumbers)
      const axis = metric.axisCells(steps, times, steps.length, vector.level)
      const cells = metric.valueCells(values, axis)
      const stat = new metric.KeyStat()
      stat.add(steps, times, values, 0, values.length)
      return {
        axis: metric.encodeAxis(steps, times, 0, steps.length),
        values: metric.encodeValues(values, 0, values.length),
        "axis-cells": metric.encodeAxisCells(axis),
        "value-cells": metric.encodeValueCells(cells),
        tile: metric.encodeTile(metric.coarsen(metric.cellTable(axis, cells), vector.tileLevel)),
        stat: stat.bytes()
      }
    }
    case "tile-page": {
      const tiles = vector.chunks.map((chunk) => {
        const [steps, values] = [chunk.steps, chunk.values].map(toNumbers)
        const axis = metric.axisCells(steps, steps, steps.length, vector.level)
        return metric.coarsen(metric.cellTable(axis, metric.valueCells(values, axis)), vector.tileLevel)
      })
      return { page: metric.encodeTile(metric.coarsen(metric.joinTables(tiles), vector.pageLevel)) }
    }
    case "row-group": {
      const group = {
        kind: vector.kind,
        steps: toNumbers(vector.steps),
        times: toNumbers(vector.times),
        values: vector.values
      }
      return { rows: metric.encodeRowGroup(group) }
    }
    default:
      throw new Error(`unknown format "${vector.format}"`)
  }
}
