/** The table's menus and the bar of a selection, loaded when they are first opened: the first view of a table needs none. */
export { saveFile } from "../base/saveFile.ts"
export { bulkBar } from "./bulkBar.ts"
export { columnMenu } from "./columnMenu.ts"
export { groupMenu } from "./groupMenu.ts"
