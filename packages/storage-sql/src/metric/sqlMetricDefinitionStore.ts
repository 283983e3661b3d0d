/** `MetricDefinitionStore` over SQL: one JSON row per name. */
import { MetricDefinition, MetricDefinitionStore, type RunId } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import type { SqlSession } from "../SqlSession.ts"
import { statement } from "../statements.ts"

const decode = Schema.decodeUnknownSync(MetricDefinition)

export const sqlMetricDefinitionStore = (session: SqlSession) => {
  const ofRun = statement((db, [run]: ReadonlyArray<RunId>) =>
    db.selectFrom("metric_definition").select("body").where("run", "=", run!).orderBy("place")
  )
  return MetricDefinitionStore.of({
    put: (run, definition) =>
      Effect.asVoid(
        session.transaction(
          session.query("definition.put", async (db) => {
            const body = JSON.stringify(definition)
            const last = await db
              .selectFrom("metric_definition")
              .select((eb) => eb.fn.max("place").as("place"))
              .where("run", "=", run)
              .executeTakeFirst()
            await db
              .insertInto("metric_definition")
              .values({ run, name: definition.name, place: Number(last?.place ?? 0) + 1, body })
              .onConflict((conflict) => conflict.columns(["run", "name"]).doUpdateSet({ body }))
              .execute()
          })
        )
      ),
    list: (run) =>
      session.query("definition.list", async (db) =>
        (await ofRun(db, [run])).map(({ body }) => decode(JSON.parse(body)))
      ),
    delete: (run) =>
      Effect.asVoid(
        session.query("definition.delete", (db) => db.deleteFrom("metric_definition").where("run", "=", run).execute())
      )
  })
}
