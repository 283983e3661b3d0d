/** Databases limit how many values one statement may bind, so long lists are asked for in parts. */
const valuesPerStatement = 500

export const inGroups = async <A, B>(
  values: ReadonlyArray<A>,
  read: (group: ReadonlyArray<A>) => Promise<ReadonlyArray<B>>
): Promise<ReadonlyArray<B>> => {
  const found: Array<B> = []
  for (let from = 0; from < values.length; from += valuesPerStatement) {
    for (const one of await read(values.slice(from, from + valuesPerStatement))) found.push(one)
  }
  return found
}
