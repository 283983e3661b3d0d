/** Where the application is mounted: `""` for the root, else `/prefix` without a slash at the end. */

export const normaliseBase = (basePath: string | undefined): string => {
  const trimmed = (basePath ?? "").replace(/^\/+|\/+$/g, "")
  return trimmed === "" ? "" : `/${trimmed}`
}

/** The path below the mount, or null when the request is not ours. */
export const stripBase = (path: string, basePath: string): string | null => {
  if (basePath === "") return path === "" ? "/" : path
  if (path === basePath) return "/"
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : null
}
