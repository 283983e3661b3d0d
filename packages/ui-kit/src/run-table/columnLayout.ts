/** Which columns fit and how wide they are: a narrow table keeps colour, name and the column it is sorted by. */
import type { SortKey } from "./RunRow.ts"

const narrowPx = 430

export interface ColumnLayout {
  readonly columns: ReadonlyArray<string>
  /** For `grid-template-columns`. */
  readonly template: string
}

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
      template: `34px minmax(110px, 1fr) 84px ${kept === undefined ? "52px" : "84px 0px"}`
    }
  }
  const roomy = width > 700
  const cells = columns.map(() => (roomy ? "minmax(88px, 120px)" : "minmax(66px, 84px)")).join(" ")
  return {
    columns,
    template: `34px minmax(${roomy ? 220 : 124}px, 1fr) ${roomy ? "92px" : "80px"} ${cells} 52px`
  }
}
