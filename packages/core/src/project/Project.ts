/** A project holds the runs that are compared with each other. It belongs to an entity: a user or an organisation. */
import { Schema } from "effect"
import { Identifier, Slug } from "../store/Identifier.ts"
import { Instant } from "../time/Instant.ts"

export const ProjectId = Identifier.pipe(Schema.brand("ProjectId"))
export type ProjectId = typeof ProjectId.Type

export const Visibility = Schema.Literals(["private", "public"])
export type Visibility = typeof Visibility.Type

const Tag = Schema.String.check(Schema.isBetweenLength(1, 256))

export const Project = Schema.Struct({
  id: ProjectId,
  /** Slug of the user or organisation it belongs to. */
  entity: Slug,
  /** Unique in its entity without regard to case, kept as written. */
  slug: Slug,
  name: Schema.String,
  description: Schema.String,
  visibility: Visibility,
  tags: Schema.Array(Tag),
  /** Runs that are not deleted. */
  runCount: Schema.Int,
  /** When a run of it last changed; the creation time when it has none. */
  lastActivityAt: Instant,
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Schema.NullOr(Instant)
}).annotate({ identifier: "Project" })
export interface Project extends Schema.Schema.Type<typeof Project> {}

export const ProjectCreate = Schema.Struct({
  entity: Schema.optionalKey(Slug),
  name: Schema.String.check(Schema.isBetweenLength(1, 512)),
  slug: Schema.optionalKey(Slug),
  description: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(65_536))),
  visibility: Schema.optionalKey(Visibility),
  tags: Schema.optionalKey(Schema.Array(Tag))
}).annotate({ identifier: "ProjectCreate" })
export interface ProjectCreate extends Schema.Schema.Type<typeof ProjectCreate> {}

export const ProjectPatch = Schema.Struct({
  name: Schema.optionalKey(Schema.String.check(Schema.isBetweenLength(1, 512))),
  slug: Schema.optionalKey(Slug),
  description: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(65_536))),
  visibility: Schema.optionalKey(Visibility),
  tags: Schema.optionalKey(Schema.Array(Tag))
}).annotate({ identifier: "ProjectPatch" })
export interface ProjectPatch extends Schema.Schema.Type<typeof ProjectPatch> {}

/** No project answers to this id or `entity:slug`, or the caller may not know of it. */
export class ProjectNotFound extends Schema.TaggedError<ProjectNotFound>()("ProjectNotFound", {
  project: Schema.String
}) {
  override get message() {
    return `Project "${this.project}" does not exist`
  }
}

/** Another project of the entity has this slug, perhaps in other case. */
export class ProjectSlugTaken extends Schema.TaggedError<ProjectSlugTaken>()("ProjectSlugTaken", {
  entity: Schema.String,
  slug: Schema.String
}) {
  override get message() {
    return `Entity "${this.entity}" already has a project "${this.slug}"`
  }
}
