/** What the page of a project loads before it can show runs and charts: provider, client, run table, charts. */
import { createClient } from "@wanllmdb/core/client"
import "@wanllmdb/ui-kit/define/chart-grid"
import "@wanllmdb/ui-kit/define/provider"
import "@wanllmdb/ui-kit/define/run-table"

const provider = document.createElement("wl-provider")
provider.client = createClient({ baseUrl: location.origin })
document.body.append(provider)
