/**
 * Page addresses, both ways, below any base path. The addresses that a W&B client prints are among them; endings of
 * W&B's own pages (`/overview`, `/workspace`) open the page that is nearest.
 */
import type { Target } from "@wanllmdb/ui-kit/provider"

export type RunTab = "overview" | "charts" | "logs" | "system" | "files"
export const runTabs: ReadonlyArray<RunTab> = ["overview", "charts", "logs", "system", "files"]

export type Page =
  | { readonly kind: "projects" | "settings" | "authorize" }
  | { readonly kind: "project"; readonly entity: string; readonly project: string }
  | {
      readonly kind: "compare"
      readonly entity: string
      readonly project: string
      readonly runs: ReadonlyArray<string>
    }
  | {
      readonly kind: "run"
      readonly entity: string
      readonly project: string
      readonly run: string
      readonly tab: RunTab
    }
  | { readonly kind: "lost"; readonly path: string }

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** `path` is what follows the base, without a slash at the start. */
export const pageOf = (path: string, search: string): Page => {
  const parts = path
    .split("/")
    .filter((part) => part !== "")
    .map(decoded)
  const [entity, project, section, run, tab] = parts
  if (entity === undefined) return { kind: "projects" }
  if (parts.length === 1 && (entity === "settings" || entity === "authorize")) return { kind: entity }
  if (project === undefined) return { kind: "lost", path }
  if (
    section === undefined ||
    section === "workspace" ||
    (section === "runs" && run === undefined) ||
    section === "table"
  ) {
    return { kind: "project", entity, project }
  }
  if (section === "runs" && run !== undefined) {
    const known = runTabs.find((name) => name === tab)
    return { kind: "run", entity, project, run, tab: known ?? (tab === "workspace" ? "charts" : "overview") }
  }
  if (section === "compare") {
    const runs = new URLSearchParams(search).get("runs") ?? ""
    return { kind: "compare", entity, project, runs: runs.split(",").filter((name) => name !== "") }
  }
  return { kind: "lost", path }
}

/** Relative to the base. */
export const pathOf = (target: Target): string => {
  if (target.kind === "projects") return "./"
  const project = `${encodeURIComponent(target.entity)}/${encodeURIComponent(target.project)}`
  if (target.kind === "project") return project
  if (target.kind === "compare") return `${project}/compare?runs=${target.runs.map(encodeURIComponent).join(",")}`
  const run = `${project}/runs/${encodeURIComponent(target.run)}`
  return target.tab === undefined || target.tab === "overview" ? run : `${run}/${target.tab}`
}
