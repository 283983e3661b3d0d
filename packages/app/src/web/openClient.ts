/** The client of the server that sent this page; `?preview` in development shows made-up data instead. */
import { createClient, type WanllmdbClient } from "@wanllmdb/core/client"

export const openClient = async (): Promise<WanllmdbClient> => {
  if (import.meta.env.DEV && location.search.includes("preview")) sessionStorage.setItem("preview", location.search)
  const preview = import.meta.env.DEV ? sessionStorage.getItem("preview") : null
  if (preview !== null) {
    const { previewClient } = await import("./preview.ts")
    return previewClient(new URLSearchParams(preview))
  }
  return createClient({ baseUrl: new URL(".", document.baseURI).href })
}
