/** The client wants whole numbers as inner ids of projects; ours are 128-bit, written in hex, and Python's numbers have no end. */
export const internalId = (id: string): string => BigInt(`0x${id}`).toString(10)
