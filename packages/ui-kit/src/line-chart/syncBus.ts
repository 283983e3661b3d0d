/** Which charts share a cursor: those under one provider, or those that name the same group. */
import { CursorBus } from "../provider/CursorBus.ts"

const byGroup = new Map<string, CursorBus>()

export const busOf = (group: string | null, provided: CursorBus | undefined): CursorBus | null => {
  if (group === null) return provided ?? null
  const bus = byGroup.get(group) ?? new CursorBus()
  byGroup.set(group, bus)
  return bus
}
