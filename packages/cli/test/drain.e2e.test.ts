/** How the built server ends on SIGTERM while clients hold streams open, send slowly and read slowly. */
import { once } from "node:events"
import { request } from "node:http"
import { connect } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, it } from "vitest"
import { WebSocket } from "ws"
import { api, type BuiltServer, folder, serve, valuesOf } from "./builtServer.ts"

/** Whoever stops containers sends SIGKILL after ten seconds: an end that takes longer is none. */
const endOf = (server: BuiltServer) => Promise.race([server.ended, sleep(9_000, "still there", { ref: false })])

const startRun = async (...args: string[]) => {
  const data = folder()
  const server = await serve("--data", data, ...args)
  await api(server.url, "POST", "/projects", { name: "p" })
  const run = (await api(server.url, "POST", "/projects/local:p/runs", { slug: "r" })).body.id as string
  return { data, server, run }
}

it("SIGTERM ends live streams, answers what is under way and exits with 0", async () => {
  const { data, run, server } = await startRun()
  const { port } = new URL(server.url)
  const streams = await Promise.all(Array.from({ length: 5 }, () => fetch(`${server.url}/api/v1/runs/${run}/events`)))
  const readers = streams.map((stream) => stream.text().catch(() => "broken"))
  const sockets = Array.from({ length: 5 }, () => new WebSocket(`${server.url.replace("http", "ws")}/api/v1/live`))
  await Promise.all(sockets.map((socket) => once(socket, "open")))
  const closed = sockets.map((socket) => once(socket, "close"))
  for (const socket of sockets) socket.send(JSON.stringify({ subscribe: { id: "1", run, topics: ["points"] } }))
  await once(sockets[0]!, "message")
  // A body that is half sent when the signal comes, and whose rest follows a little later.
  const body = JSON.stringify({ rows: [{ step: 1, values: { late: 7 } }] })
  const slow = request({
    port,
    path: `/api/v1/runs/${run}/metrics`,
    method: "POST",
    headers: { "content-type": "application/json", "content-length": body.length }
  })
  const answered = once(slow, "response")
  slow.write(body.slice(0, 20))
  await sleep(100)
  server.child.kill("SIGTERM")
  await sleep(300)
  slow.end(body.slice(20))
  const [answer] = await answered
  expect(answer.statusCode).toBe(200)
  answer.resume()
  expect(await endOf(server)).toBe(0)
  await Promise.all(closed)
  expect(await Promise.all(readers)).not.toContain("broken")
  const again = await serve("--data", data)
  expect(await valuesOf(again.url, run, "late")).toEqual([7])
})

it("SIGTERM lets a download that is under way come to its end", async () => {
  const { run, server } = await startRun()
  const count = 400_000
  for (let from = 0; from < count; from += 10_000) {
    const step = Array.from({ length: 10_000 }, (_, i) => from + i)
    await api(server.url, "POST", `/runs/${run}/metrics`, { columns: { step, values: { loss: step } } })
  }
  const answer = await fetch(`${server.url}/api/v1/runs/${run}/metrics/points?key=loss`)
  const reader = answer.body!.getReader()
  const first = await reader.read()
  server.child.kill("SIGTERM")
  await sleep(200)
  let text = Buffer.from(first.value!).toString()
  for (let part = await reader.read(); !part.done; part = await reader.read())
    text += Buffer.from(part.value).toString()
  expect(text.trim().split("\n")).toHaveLength(count)
  expect(await endOf(server)).toBe(0)
})

it("SIGTERM does not wait for clients that stopped sending or reading", async () => {
  const { run, server } = await startRun()
  const { port } = new URL(server.url)
  const silent = connect(Number(port), "127.0.0.1")
  await once(silent, "connect")
  const half = connect(Number(port), "127.0.0.1")
  half.on("error", () => undefined)
  silent.on("error", () => undefined)
  half.write(`POST /api/v1/runs/${run}/metrics HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1000\r\n\r\n{`)
  await sleep(100)
  server.child.kill("SIGTERM")
  expect(await endOf(server)).toBe(0)
  half.destroy()
  silent.destroy()
})
