/** Which columns fit and how wide they are: a narrow table keeps colour, name and the column it is sorted by. */
import { type SortKey, shortTitles } from "./RunRow.ts"

const narrowPx = 430

export interface ColumnLayout {
  readonly columns: ReadonlyArray<string>
  /** Whether there is room for tags beside the name. */
  readonly showTags: boolean
  /** For `grid-template-columns`. */
  readonly template: string
  /** Below this the columns scroll sideways, px. */
  readonly minWidth: number
}

/** Room for a header's text at 11 px, px. */
const headWidth = (title: string): number => Math.min(110, Math.max(56, 14 + 6 * title.length))

export const columnLayout = (
  width: number,
  columns: ReadonlyArray<string>,
  sort: ReadonlyArray<SortKey>
): ColumnLayout => {
  if (width > 0 && width < narrowPx) {
    const first = sort[0]?.field
    const kept = columns.find((field) => field === first) ?? (first === "created" ? undefined : columns[0])
    return {
      columns: kept === undefined ? [] : [kept],
      showTags: false,
      template: `34px minmax(110px, 1fr) 84px ${kept === undefined ? "54px" : "84px 0px"}`,
      minWidth: 0
    }
  }
  const roomy = width === 0 || width > 700
  const heads = shortTitles(columns).map(headWidth)
  const cells = heads.map((head) => (roomy ? "minmax(84px, 1fr)" : `${head}px`)).join(" ")
  return {
    columns,
    showTags: roomy,
    template: roomy ? `34px minmax(220px, 3fr) 92px ${cells} 60px` : `34px minmax(92px, 1fr) 76px ${cells} 56px`,
    minWidth: roomy ? 406 + 84 * columns.length : 258 + heads.reduce((sum, head) => sum + head, 0)
  }
}
