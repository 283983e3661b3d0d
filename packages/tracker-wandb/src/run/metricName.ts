/**
 * Names of metrics between the two worlds. Samples of the machine stand below `system.` in the client's protocol and below
 * `system/` in the engine; everything else keeps its name.
 */
const theirs = "system."
const ours = "system/"

export const metricName = (name: string): string => (name.startsWith(theirs) ? ours + name.slice(theirs.length) : name)

export const isSystemMetric = (name: string): boolean => name.startsWith(ours)

export const clientName = (name: string): string => (isSystemMetric(name) ? theirs + name.slice(ours.length) : name)
