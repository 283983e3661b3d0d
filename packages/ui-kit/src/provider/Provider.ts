/** What an element finds in the nearest `wl-provider`, by the context protocol that any framework can answer. */
import { createContext } from "@lit/context"
import type { WanllmdbClient } from "@wanllmdb/core/client"
import type { CursorBus } from "./CursorBus.ts"
import type { RunColours } from "./RunColours.ts"

/** Something an element can name and a host may have a page for. */
export type Target =
  | { readonly kind: "projects" }
  | { readonly kind: "project"; readonly entity: string; readonly project: string }
  | {
      readonly kind: "run"
      readonly entity: string
      readonly project: string
      readonly run: string
      readonly tab?: string
    }
  | {
      readonly kind: "compare"
      readonly entity: string
      readonly project: string
      readonly runs: ReadonlyArray<string>
    }

export interface Provider {
  readonly client: WanllmdbClient | null
  /** The address of the host's page, or null where it has none: the name is then plain text. */
  readonly hrefFor: (target: Target) => string | null
  readonly colours: RunColours
  readonly cursor: CursorBus
  /** Address of the chart worker where a host's bundler or policy does not allow the default. */
  readonly workerUrl: string | null
  /** What the host asks for; `auto` follows its `color-scheme`. A new value object comes with every change. */
  readonly theme: "auto" | "light" | "dark"
}

export const providerContext = createContext<Provider>(Symbol.for("wanllmdb.provider"))
