/** `MetricDefinitionStore` over SQL: one JSON row per name. */
import { MetricDefinition, MetricDefinitionStore } from "@wanllmdb/core"
import { Effect, Schema } from "effect"
import type { SqlSession } from "../SqlSession.ts"

const decode = Schema.decodeUnknownSync(MetricDefinition)

export const sqlMetricDefinitionStore = (session: SqlSession) =>
  MetricDefinitionStore.of({
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
      session.query("definition.list", async (db) => {
        const rows = await db
          .selectFrom("metric_definition")
          .select("body")
          .where("run", "=", run)
          .orderBy("place")
          .execute()
        return rows.map(({ body }) => decode(JSON.parse(body)))
      }),
    delete: (run) =>
      Effect.asVoid(
        session.query("definition.delete", (db) => db.deleteFrom("metric_definition").where("run", "=", run).execute())
      )
  })
