/** Who the client is, and what this server can do. */
import { defaultEntity } from "@wanllmdb/core"
import type { Call } from "../call/Call.ts"
import type { Operations } from "../graphql/Operation.ts"
import { globalId } from "../wire/globalId.ts"

/** Features that change what the client sends; the others keep it on its oldest paths, which stay stable for years. */
const features = [
  "FILESTREAM_GZIP",
  "STRUCTURED_CONSOLE_LOGS",
  "EXPAND_DEFINED_METRIC_GLOBS",
  "LARGE_FILENAMES",
  "TOTAL_COUNT_IN_FILE_CONNECTION"
]

/** Versions of the client between which the protocol was tried; a newer one works on, `wandb verify` says that it is newer. */
const testedClients = { min_cli_version: "0.28.0", max_cli_version: "0.31.0" }

const connection = (nodes: ReadonlyArray<unknown>) => ({
  __typename: "Connection",
  edges: nodes.map((node) => ({ node })),
  pageInfo: { __typename: "PageInfo", endCursor: null, hasNextPage: false }
})

export const userOf = ({ principal }: Call) => ({
  __typename: "User",
  id: globalId("User", principal.id),
  name: principal.name,
  username: principal.name,
  email: "",
  admin: principal.role === "admin",
  flags: "{}",
  entity: defaultEntity,
  deletedAt: null,
  apiKeys: connection([]),
  teams: connection([{ name: defaultEntity }])
})

const viewer = async (_: unknown, call: Call) => ({ viewer: userOf(call) })

export const accountOperations: Operations = {
  Viewer: viewer,
  GetViewer: viewer,
  GetDefaultEntity: viewer,
  ServerFeaturesQuery: async () => ({
    serverInfo: { features: features.map((name) => ({ name, isEnabled: true })) }
  }),
  ServerInfo: async () => ({
    serverInfo: {
      cliVersionInfo: testedClients,
      latestLocalVersionInfo: { outOfDate: false, latestVersionString: "0.0.0", versionOnThisInstanceString: "0.0.0" }
    }
  }),
  OrganizationCoreWeaveOrganizationID: async () => ({ entity: { organization: { coreWeaveOrganizationId: null } } }),
  FetchOrgEntityFromEntity: async () => ({ entity: { organization: null } }),
  OrgFeatureFlags: async () => ({ organization: { featureFlags: [] } })
}
