/** What is kept of a sweep: small, whatever its number of trials, since every trial that is given out rewrites it. */
import { Schema } from "effect"

/** As the client's protocol names them. */
export const SweepPhase = Schema.Literals(["RUNNING", "PAUSED", "FINISHED", "CANCELED"])
export type SweepPhase = typeof SweepPhase.Type

/** A trial that an agent was told to run. Each attempt has a run of its own, so a late one cannot be mistaken. */
export const ActiveTrial = Schema.Struct({
  number: Schema.Int,
  /** From 1. */
  attempt: Schema.Int,
  /** Slug of its run. */
  run: Schema.String,
  agent: Schema.String,
  issuedAt: Schema.Finite,
  /** How often the command was sent. */
  sends: Schema.Int,
  /** Whether the agent has told that it runs. */
  seen: Schema.Boolean,
  stopping: Schema.Boolean
})
export interface ActiveTrial extends Schema.Schema.Type<typeof ActiveTrial> {}

export const SweepState = Schema.Struct({
  name: Schema.String,
  config: Schema.String,
  displayName: Schema.NullOr(Schema.String),
  description: Schema.NullOr(Schema.String),
  phase: SweepPhase,
  /** Whether it ended by itself: nothing is left to run. */
  exhausted: Schema.Boolean,
  seed: Schema.String,
  user: Schema.String,
  createdAt: Schema.Finite,
  updatedAt: Schema.Finite,
  /** Number of the next trial, but for those in `skip`. */
  next: Schema.Int,
  /** Cells of a grid that runs before the sweep have covered. */
  skip: Schema.Array(Schema.Int),
  /** Trials that count against the cap: all but those that failed without having logged anything. */
  counted: Schema.Int,
  complete: Schema.Int,
  failed: Schema.Int,
  stopped: Schema.Int,
  /** Attempts that vanished without a word. */
  lost: Schema.Int,
  active: Schema.Array(ActiveTrial),
  /** Trials to be run again. */
  queue: Schema.Array(Schema.Struct({ number: Schema.Int, attempt: Schema.Int }))
})
export interface SweepState extends Schema.Schema.Type<typeof SweepState> {}

export const newSweep = (
  fields: Pick<SweepState, "config" | "createdAt" | "description" | "displayName" | "name" | "seed" | "skip" | "user">
): SweepState => ({
  ...fields,
  phase: "RUNNING",
  exhausted: false,
  updatedAt: fields.createdAt,
  next: 0,
  counted: 0,
  complete: 0,
  failed: 0,
  stopped: 0,
  lost: 0,
  active: [],
  queue: []
})
