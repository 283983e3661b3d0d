/** The client's orders, such as `-created_at` or `+summary_metrics.loss,-config.lr.value`, as sorts of the engine. */
import { ClientFault } from "../../wire/ClientFault.ts"
import { runField, sweepField } from "./runField.ts"

/** Without a sign values rise. */
export const runOrder = (order: string | null): string => {
  const given = order === null || order.trim() === "" ? "+created_at" : order
  return given
    .split(",")
    .map((part) => {
      const name = part.trim()
      const falls = name.startsWith("-")
      const key = name.replace(/^[+-]/, "")
      const field = runField(key, "order")
      if (field === sweepField) throw new ClientFault(400, "order: runs have no order by sweep; filter by it")
      return `${falls ? "-" : ""}\`${field.replaceAll("`", "``")}\``
    })
    .join(",")
}
