/** Which columns fit and how wide they are: a narrow table keeps colour, name and the column it is sorted by. */
import { type SortKey, shortTitles } from "./RunRow.ts"

const narrowPx = 430

/** Least and most that a column can be made, px. */
export const columnBounds = [48, 800] as const

export interface ColumnLayout {
  readonly columns: ReadonlyArray<string>
  /** Whether there is room for tags beside the name. */
  readonly showTags: boolean
  /** Whether columns can be made wider: not where all of them must fit a telephone. */
  readonly resizable: boolean
  /** For `grid-template-columns`. */
  readonly template: string
  /** Below this the columns scroll sideways, px. */
  readonly minWidth: number
}

/** Room for a header's text at 11 px, px. */
const headWidth = (title: string): number => Math.min(110, Math.max(62, 14 + 6 * title.length))

export const columnLayout = (
  width: number,
  columns: ReadonlyArray<string>,
  sort: ReadonlyArray<SortKey>,
  widths: Readonly<Record<string, number>> = {}
): ColumnLayout => {
  if (width > 0 && width < narrowPx) {
    const first = sort[0]?.field
    const kept = columns.find((field) => field === first) ?? (first === "created" ? undefined : columns[0])
    return {
      columns: kept === undefined ? [] : [kept],
      showTags: false,
      resizable: false,
      template: `34px minmax(110px, 1fr) 84px ${kept === undefined ? "54px" : "84px 0px"}`,
      minWidth: 0
    }
  }
  const roomy = width === 0 || width > 700
  const heads = shortTitles(columns).map(headWidth)
  /** Width of a track: as it was set, else its own; `fixed` is what it needs at least. */
  const track = (field: string, own: string, least: number): readonly [track: string, least: number] => {
    const px = widths[field]
    return px === undefined ? [own, least] : [`${px}px`, px]
  }
  const tracks = [
    track("name", roomy ? "minmax(220px, 3fr)" : "minmax(92px, 1fr)", roomy ? 220 : 92),
    roomy ? (["92px", 92] as const) : (["76px", 76] as const),
    ...columns.map((field, at) =>
      roomy ? track(field, "minmax(84px, 1fr)", 84) : track(field, `${heads[at]}px`, heads[at]!)
    ),
    roomy ? (["60px", 60] as const) : (["56px", 56] as const)
  ]
  return {
    columns,
    showTags: roomy,
    resizable: true,
    template: `34px ${tracks.map(([own]) => own).join(" ")}`,
    minWidth: 34 + tracks.reduce((sum, [, least]) => sum + least, 0)
  }
}
