import { expect, test, vi } from "vitest"
import { createMemoryClient, digitsFixtures } from "../src/client-memory/index.ts"
import { ProjectFormController } from "../src/project-form/ProjectFormController.ts"
import { ProjectListController } from "../src/project-list/ProjectListController.ts"

const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 })
const fields = { name: "Cats and dogs", slug: "", description: "", visibility: "private", tags: ["pets"] } as const

test("a new project is made from its name, and saving again changes it", async () => {
  const controller = new ProjectFormController(createMemoryClient(), null)
  controller.send({ type: "save", fields })
  await until(() => expect(controller.getSnapshot().project).toMatchObject({ slug: "cats-and-dogs", tags: ["pets"] }))
  controller.send({ type: "save", fields: { ...fields, visibility: "public", slug: "pets" } })
  await until(() => expect(controller.getSnapshot().project).toMatchObject({ slug: "pets", visibility: "public" }))
  expect(controller.getSnapshot().saved).toBe(2)
  controller.dispose()
})

test("a deleted project leaves the list for that of the deleted, and comes back when it is restored", async () => {
  const client = createMemoryClient(digitsFixtures({ runs: 1, points: 5 }))
  const form = new ProjectFormController(client, "vision:digits")
  await until(() => expect(form.getSnapshot().status).toBe("ready"))
  form.send({ type: "delete" })
  await until(() => expect(form.getSnapshot().project?.deletedAt).not.toBe(null))
  const list = new ProjectListController(client)
  const slugs = () => list.getSnapshot().projects.map(({ slug }) => slug)
  await until(() => expect(slugs()).toEqual(["tiny-gpt", "uncategorized"]))
  list.send({ type: "deleted", deleted: true })
  await until(() => expect(slugs()).toEqual(["digits"]))
  list.send({ type: "restore", id: list.getSnapshot().projects[0]!.id })
  await until(() => expect(list.getSnapshot()).toMatchObject({ status: "ready", projects: [] }))
  form.send({ type: "restore" })
  await until(() => expect(form.getSnapshot().project?.deletedAt).toBe(null))
  for (const store of [form, list]) store.dispose()
})

test("a refused save says why and keeps what is there; an unknown project is an error", async () => {
  const failing = new Map([["projects.update", "The name is taken"]])
  const client = createMemoryClient({ ...digitsFixtures({ runs: 1, points: 5 }), failing })
  const form = new ProjectFormController(client, "vision:digits")
  await until(() => expect(form.getSnapshot().status).toBe("ready"))
  form.send({ type: "save", fields })
  await until(() => expect(form.getSnapshot().notice).not.toBe(null))
  expect(form.getSnapshot()).toMatchObject({ saved: 0, busy: false, project: { slug: "digits" } })
  const lost = new ProjectFormController(client, "vision:nobody")
  await until(() => expect(lost.getSnapshot().status).toBe("error"))
  lost.send({ type: "reload" })
  await until(() => expect(lost.getSnapshot().status).toBe("error"))
})
