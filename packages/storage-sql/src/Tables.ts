/**
 * The tables as Kysely sees them. JSON is text everywhere, so that what was written comes back to the letter; times are
 * doubles (milliseconds, fractions allowed); flags are 0 and 1.
 */
export interface ProjectTable {
  readonly id: string
  readonly entity: string
  readonly slug: string
  /** Lower case, for uniqueness without regard to case. */
  readonly slug_key: string
  readonly name: string
  readonly description: string
  readonly visibility: string
  readonly tags: string
  readonly run_count: number
  readonly next_ordinal: number
  readonly change_sequence: number
  readonly last_activity_at: number
  readonly created_at: number
  readonly updated_at: number
  readonly deleted_at: number | null
}

export interface RunTable {
  readonly id: string
  readonly project: string
  readonly slug: string
  readonly ordinal: number
  readonly sequence: number
  readonly rev: number
  readonly name: string
  readonly state: string
  readonly tags: string
  readonly run_group: string | null
  readonly job_type: string | null
  readonly user_name: string | null
  readonly host: string | null
  readonly git_commit: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly heartbeat_at: number | null
  readonly finished_at: number | null
  readonly deleted_at: number | null
  readonly started_at: number
  readonly paused_ms: number
  readonly paused_at: number | null
  readonly alive_at: number
  readonly config_version: number
  readonly exit_code: number | null
  readonly stop_requested: number
  readonly segment: number
  readonly parent_run: string | null
  readonly parent_segment: number | null
  readonly parent_step: number | null
  readonly idempotency_key: string | null
  readonly figures_sequence: number
}

export interface Tables {
  wanllmdb_migration: { readonly name: string; readonly applied_at: number }
  project: ProjectTable
  /** Slugs that projects had before. */
  project_redirect: { readonly entity: string; readonly slug_key: string; readonly project: string }
  run: RunTable
  /** Parts of a run that may be large: rewriting a row must not rewrite them. */
  run_document: { readonly run: string; readonly kind: string; readonly body: string }
  run_config_version: {
    readonly run: string
    readonly version: number
    readonly config: string
    readonly created_at: number
  }
  /** Where runs left a project. */
  run_departure: {
    readonly project: string
    readonly ordinal: number
    readonly run: string
    readonly sequence: number
  }
  field_index: { readonly project: string; readonly rev: number; readonly sequence: number }
  run_column: {
    readonly project: string
    readonly field: string
    readonly block: number
    readonly rev: number
    readonly body: Uint8Array
  }
  api_key: {
    readonly id: string
    readonly hash: string
    readonly name: string
    readonly user_name: string
    readonly role: string
    readonly projects: string | null
    readonly impersonate: number
    readonly created_at: number
    readonly expires_at: number | null
    readonly last_used_at: number | null
  }
  secret: { readonly name: string; readonly value: string; readonly expires_at: number }
  lease: { readonly name: string; readonly holder: string; readonly token: number; readonly expires_at: number }
  metric_definition: { readonly run: string; readonly name: string; readonly place: number; readonly body: string }
  run_file: {
    readonly run: string
    readonly path: string
    readonly size_bytes: number
    readonly sha256: string
    readonly content_type: string
    readonly updated_at: number
    readonly blob: string
    readonly rev: number
  }
  document: {
    readonly collection: string
    readonly key: string
    readonly rev: number
    readonly body: string
    readonly updated_at: number
  }
  run_file_head: { readonly run: string; readonly rev: number }
}
