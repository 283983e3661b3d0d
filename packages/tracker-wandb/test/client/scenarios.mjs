/**
 * What an unmodified client must find: each scenario runs real jobs against a real server in a project of its own and looks at
 * what the HTTP API holds afterwards. `quick` ones run with every test, the others with `--all`.
 */
import assert from "node:assert/strict"
import { readdirSync } from "node:fs"
import { join, resolve } from "node:path"

const examples = resolve(import.meta.dirname, "../../../../examples/python-wandb")
/** Scripts that assert by themselves what the public API and sweeps give. */
const asserting = readdirSync(resolve(import.meta.dirname, "../python")).filter((name) => name.endsWith(".py"))
/** The command line is slow to start, and sweeps by program start it many times. */
const slow = new Set(["sweep_program.py"])
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i)
const steps = (points) => points.map(({ step }) => step)
const texts = (lines) => lines.map(({ text }) => text)

const until = async (check, what, timeoutMs = 30_000) => {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(100)) {
    const found = await check().catch(() => null)
    if (found) return found
  }
  throw new Error(`${what} did not come to pass within ${timeoutMs} ms`)
}

/** Every row of `counting.py` up to `to`, each once. */
const assertCounted = async (server, project, run, to, from = 0) => {
  const points = await server.points(project, run, "count")
  assert.deepEqual(steps(points), range(from, to))
  assert.deepEqual(
    points.map(({ value }) => value),
    range(from, to)
  )
}

export const scenarios = [
  {
    name: "a job's values, config, definitions, console, alert and machine arrive as they were logged",
    quick: true,
    async run({ python, server, project }) {
      await python.job("basics.py", { project })
      const run = await server.run(project, "basics")
      assert.equal(run.state, "finished")
      assert.equal(run.exitCode, 0)
      assert.equal(run.name, "Basics of it")
      assert.deepEqual([run.group, run.jobType, run.notes], ["first group", "train", "noted"])
      assert.deepEqual([...run.tags].sort(), ["one", "two words"])
      assert.deepEqual(run.config, {
        lr: 0.1,
        net: { layers: [1, 2], act: "gelu" },
        "odd.key": "Infinity",
        late: true
      })
      assert.equal(run.summary.mine, 42)
      assert.equal(run.summary["deep.x"], 1)
      assert.equal(run.summary.loss, 0.02)
      assert.ok(Math.abs(run.summary.best - 1) < 0.001, "the greatest value stands for a metric defined so")
      const keys = await server.keys(project, "basics")
      for (const key of ["loss", "best", "epoch", "val/acc", "nested.a", "nested.b.c", "flag", "word", "numpy"]) {
        assert.equal(keys[key]?.count, 50, key)
      }
      assert.equal(keys.nan.nan, 33)
      assert.equal(keys.inf.negInf, 1)
      assert.equal(keys._runtime.count, 50)
      assert.ok(Object.keys(keys).filter((key) => key.startsWith("system/")).length >= 5, "samples of the machine")
      const lines = await server.logs(project, "basics")
      const text = texts(lines)
      assert.ok(text.includes("plain line") && text.includes("last line"))
      assert.ok(text.includes("progress 100%"), "a line that is rewritten keeps what a terminal would show")
      assert.ok(!text.some((line) => line.includes("progress 20%")))
      assert.ok(lines.some(({ level, text }) => level === "error" && text === "to stderr"))
      assert.ok(lines.some(({ level, stream, text }) => level === "warn" && stream === "alert" && /Careful/.test(text)))
      assert.equal(run.environment.host?.length > 0, true)
      const files = await server.files(project, "basics")
      for (const file of ["config.yaml", "wandb-metadata.json", "requirements.txt", "output.log"]) {
        assert.ok(files.includes(file), file)
      }
      assert.ok(run.durationMs > 500 && run.durationMs < 60_000)
    }
  },
  {
    name: "media arrive as records with their files, and artifacts that are not kept stop no job",
    quick: true,
    async run({ python, server, project }) {
      const { output } = await python.job("media.py", { project })
      assert.match(output, /the job went on to its end/)
      const run = await server.run(project, "media")
      assert.equal(run.state, "finished")
      const keys = await server.keys(project, "media")
      assert.equal(keys.hist.kind, "histogram")
      for (const key of ["image", "images", "audio", "html", "cloud", "table"])
        assert.equal(keys[key]?.kind, "record", key)
      assert.equal(keys.loss.count, 3)
      const [image] = await server.points(project, "media", "image")
      assert.equal(image.value._type, "image-file")
      assert.equal(image.value.caption, "both")
      assert.ok(image.value.masks.truth.path && image.value.boxes.found.path)
      const files = await server.files(project, "media")
      for (const path of [image.value.path, image.value.masks.truth.path, image.value.boxes.found.path]) {
        assert.ok(files.includes(path), path)
      }
      for (const kind of ["html", "object3D", "table", "images"]) {
        assert.ok(
          files.some((path) => path.startsWith(`media/${kind}/`)),
          kind
        )
      }
      const media = Object.keys(run.summary).filter((key) => key.includes("_type") || key.includes(".sha256"))
      assert.deepEqual(media, [], "media do not fill the columns of the summary")
    }
  },
  {
    name: "saved files arrive by their policy, whatever they are called",
    quick: true,
    async run({ python, server, project }) {
      await python.job("files.py", { project })
      const files = await server.files(project, "files")
      const content = async (path) =>
        (await server.fetch(`/api/v1/runs/local:${project}:files/files/${encodeURIComponent(path)}`)).text()
      assert.equal(await content("now.txt"), "now")
      assert.equal(await content("live.txt"), "second and longer")
      assert.equal(await content("end.txt"), "late")
      assert.ok(files.includes("deep/er/zwölf.txt"))
      for (const kept of [
        "a%3Ab%2Ac%3F.txt",
        "q%22uote%3C%3E%7C.txt",
        "100%2525.txt",
        "%63on.txt",
        "trailing%2E",
        "%20lead.txt"
      ]) {
        assert.ok(files.includes(kept), `${kept} in ${files.join(", ")}`)
      }
    }
  },
  {
    name: "a run is resumed where it ended, by each of the client's modes",
    quick: true,
    async run({ python, server, project }) {
      const go = (...args) => python.script("counting.py", { project }, ...args)
      await go("20", "0", "-", "resumed")
      assert.match((await go("30", "0", "must", "resumed")).output, /starts at 20 resumed True/)
      assert.match((await go("40", "0", "allow", "resumed")).output, /starts at 30 resumed True/)
      const [missing, taken] = await Promise.all([go("5", "0", "must", "absent"), go("5", "0", "never", "resumed")])
      assert.equal(missing.code, 1)
      assert.match(missing.output, /does not exist/)
      assert.equal(taken.code, 1)
      assert.match(taken.output, /already exists/)
      await assertCounted(server, project, "resumed", 40)
      const lines = texts(await server.logs(project, "resumed")).filter((text) => text.startsWith("line "))
      assert.deepEqual(
        lines,
        range(0, 40).map((step) => `line ${step}`)
      )
      const runtimes = (await server.points(project, "resumed", "_runtime")).map(({ value }) => value)
      assert.ok(Math.max(...runtimes) < 120, "seconds stay seconds after a resume")
      assert.equal((await server.run(project, "resumed")).name.split("-").length, 3, "a readable name")
    }
  },
  {
    name: "a job that was killed is resumed with resume=auto",
    async run({ python, server, project }) {
      const first = python.starting("counting.py", { project }, "500", "0.05", "auto", "auto")
      await until(async () => (await server.keys(project, "auto")).count?.count > 20, "twenty rows")
      first.child.kill("SIGKILL")
      await first.done
      await sleep(1500)
      const reached = (await server.keys(project, "auto")).count.count
      const { output } = await python.script("counting.py", { project }, String(reached + 10), "0", "auto", "auto")
      assert.match(output, /resumed True/)
      await assertCounted(server, project, "auto", reached + 10)
    }
  },
  {
    name: "a rewind hides what came after and a fork shares what came before, in points, summary and console",
    quick: true,
    async run({ python, server, project }) {
      const go = (...args) => python.job("branch.py", { project }, ...args)
      await python.job("counting.py", { project }, "20", "0", "-", "trunk")
      assert.match((await go("fork", "trunk?_step=4", "12", "forked")).output, /branch starts at 5/)
      assert.match((await go("rewind", "trunk?_step=9", "15", "trunk")).output, /branch starts at 10/)
      const values = async (run, key) => (await server.points(project, run, key)).map(({ value }) => value)
      assert.deepEqual(await values("trunk", "count"), [...range(0, 10), ...range(1010, 1015)])
      assert.deepEqual(
        await values("trunk", "square"),
        range(0, 10).map((step) => step * step)
      )
      assert.deepEqual(await values("forked", "count"), [...range(0, 5), ...range(1005, 1012)])
      const [trunk, forked] = [await server.run(project, "trunk"), await server.run(project, "forked")]
      assert.deepEqual([trunk.summary.count, trunk.summary.square, trunk.summary.only], [1014, 81, 14])
      assert.deepEqual([forked.summary.count, forked.summary.square, forked.summary.only], [1011, 16, 11])
      assert.equal(trunk.segment, 1)
      assert.equal(forked.parent.step, 4)
      const search = await server.api(`/projects/local:${project}/runs/search`, {
        method: "POST",
        body: { filter: "count=1014" }
      })
      assert.deepEqual(
        search.items.map(({ slug }) => slug),
        ["trunk"]
      )
      const lines = texts(await server.logs(project, "trunk"))
      assert.ok(lines.includes("line 19") && lines.includes("branch starts at 10"), "both consoles are kept")
      // On top of the rewind: the next row follows the visible ones.
      assert.match(
        (await python.job("counting.py", { project }, "18", "0", "must", "trunk")).output,
        /starts at 15 resumed True/
      )
      assert.deepEqual(await values("trunk", "count"), [...range(0, 10), ...range(1010, 1015), ...range(15, 18)])
    }
  },
  {
    name: "two writers of one run in shared mode lose nothing",
    quick: true,
    async run({ python, server, project }) {
      const go = (label, primary) => python.job("shared.py", { project }, "both", label, primary, "60")
      await Promise.all([go("rank0", "1"), go("rank1", "0")])
      const keys = await server.keys(project, "both")
      assert.equal(keys["own/rank0"].count, 60)
      assert.equal(keys["own/rank1"].count, 60)
      assert.equal(keys.both.count, 120)
      assert.ok(
        Object.keys(keys).some((key) => key.endsWith("/l:rank1")),
        "samples of the machine tell the writer"
      )
      const lines = texts(await server.logs(project, "both"))
      for (const label of ["rank0", "rank1"]) {
        assert.deepEqual(
          lines.filter((text) => text.startsWith(label)),
          range(0, 60).map((step) => `${label} line ${step}`)
        )
      }
      const run = await server.run(project, "both")
      assert.deepEqual(run.config, { rank0: true, rank1: true })
      assert.equal(run.state, "finished")
    }
  },
  {
    name: "processes that open one run without telling lose no row",
    quick: true,
    async run({ python, server, project }) {
      const go = () => python.job("counting.py", { project }, "60", "0.02", "-", "ranks")
      await Promise.all([go(), go()])
      const values = (await server.points(project, "ranks", "count")).map(({ value }) => value)
      assert.deepEqual(
        values,
        range(0, 60).flatMap((step) => [step, step])
      )
    }
  },
  {
    name: "a folder that was logged offline is synced once, however often it is sent",
    quick: true,
    async run({ python, server, project }) {
      await python.job("offline.py", { project })
      const folder = readdirSync(join(python.folder, "wandb")).find((name) => name.endsWith("-offline"))
      for (const flags of [[], ["--no-skip-synced"], ["--no-skip-synced"]]) {
        const { code, output } = await python.start("wandb", ["sync", ...flags, `wandb/${folder}`], { project }).done
        assert.equal(code, 0, output)
        await assertCounted(server, project, "offline", 200)
        const run = await server.run(project, "offline")
        assert.equal(run.state, "finished")
        assert.deepEqual(run.config, { lr: 0.5 })
        assert.deepEqual([run.summary.done, run.summary.count], [true, 199])
        assert.deepEqual(
          texts(await server.logs(project, "offline")),
          range(0, 4).map((i) => `offline ${50 * i}`)
        )
      }
    }
  },
  {
    name: "the stop button ends a job",
    quick: true,
    async run({ python, server, project }) {
      const job = python.starting("ending.py", { project }, "wait", "stopped")
      await until(async () => (await server.keys(project, "stopped")).loss?.count > 0, "the first row")
      await server.api(`/runs/local:${project}:stopped/stop`, { method: "POST" })
      const { code, signal } = await job.done
      assert.ok(code !== 0 || signal !== null)
      assert.equal((await server.run(project, "stopped")).state, "killed")
    }
  },
  {
    name: "a job's end shows in the state of its run",
    quick: true,
    async run({ python, server, project }) {
      const go = async (how, state, exitCode) => {
        await python.script("ending.py", { project }, how, how)
        const run = await server.run(project, how)
        assert.deepEqual([how, run.state, run.exitCode], [how, state, exitCode])
      }
      await Promise.all([go("exit3", "failed", 3), go("raise", "failed", 1)])
      await Promise.all([go("interrupt", "killed", 255), go("preempt", "killed", 1)])
    }
  },
  {
    name: "gzip bodies arrive whole",
    quick: true,
    async run({ python, server, project }) {
      await python.job("fast.py", { project }, "2000", "20", "zipped", "gzip")
      const keys = await server.keys(project, "zipped")
      assert.equal(keys["layer0/value"].count, 2000)
      assert.equal(keys["layer19/value"].last, 1999 + 19 / 128)
    }
  },
  {
    name: "a server that is killed during a job has every row once",
    quick: true,
    async run({ python, server, project, kills }) {
      const rows = 40 + kills * 40
      const job = python.starting("counting.py", { project, timeoutMs: 3_600_000 }, String(rows), "0.05", "-", "killed")
      await until(async () => (await server.keys(project, "killed")).count?.count > 0, "the first row")
      for (let kill = 0; kill < kills; kill++) {
        await sleep(300 + Math.random() * 1500)
        await server.end("SIGKILL")
        await sleep(Math.random() * 500)
        await server.start()
      }
      const { code, output } = await job.done
      assert.equal(code, 0, output)
      await assertCounted(server, project, "killed", rows)
      const lines = texts(await server.logs(project, "killed")).filter((text) => text.startsWith("line "))
      assert.deepEqual(
        lines,
        range(0, rows).map((step) => `line ${step}`)
      )
      assert.equal((await server.run(project, "killed")).state, "finished")
    },
    alone: true
  },
  ...[
    ["sklearn", "digits-sklearn"],
    ["xgboost", "tumours-xgboost"]
  ].map(([kind, home]) => ({
    name: `the ${kind} example runs as it is`,
    quick: true,
    async run({ python, server, project }) {
      const { code, output } = await python.start("python", [join(examples, `train_${kind}.py`)], { project }).done
      assert.equal(code, 0, output)
      const [run] = await server.runs(home)
      assert.equal(run.state, "finished")
      const keys = await server.keys(home, run.slug)
      assert.ok(Object.keys(keys).length >= 4, Object.keys(keys).join(", "))
    }
  })),
  ...["lightgbm", "xgboost", "catboost", "keras"].map((kind) => ({
    name: `the client's own callback for ${kind} logs here`,
    async run({ python, server, project }) {
      await python.job("callbacks.py", { project }, kind)
      const run = await server.run(project, kind)
      assert.equal(run.state, "finished")
      const counts = Object.values(await server.keys(project, kind)).filter(
        ({ key }) => !key.startsWith("system/") && key !== "_runtime"
      )
      assert.ok(
        counts.some(({ count }) => count >= 3),
        JSON.stringify(counts.map(({ key, count }) => [key, count]))
      )
    }
  })),
  {
    name: "the PyTorch example runs as it is",
    torch: true,
    async run({ python, server, project }) {
      const { code, output } = await python.start("python", [join(examples, "train_pytorch.py")], { project }).done
      assert.equal(code, 0, output)
      const [run] = await server.runs("digits-pytorch")
      assert.equal(run.state, "finished")
    }
  },
  ...["lightning", "transformers", "sb3"].map((kind) => ({
    name: `what ${kind} hands to the client arrives`,
    torch: true,
    async run({ python, server, project }) {
      await python.job("torch_callbacks.py", { project, timeoutMs: 300_000 }, kind)
      const run = await server.run(project, kind)
      assert.equal(run.state, "finished")
      const keys = Object.values(await server.keys(project, kind))
      const logged = keys.filter(
        ({ key, kind }) => !key.startsWith("system/") && key !== "_runtime" && kind === "number"
      )
      assert.ok(
        logged.some(({ count }) => count >= 3),
        JSON.stringify(logged.map(({ key, count }) => [key, count]))
      )
    }
  })),
  {
    name: "wandb verify passes but for its artifact steps",
    async run({ python, server, project }) {
      const { output } = await python.start("wandb", ["verify", "--host", server.url], { project }).done
      // What is left are warnings about TLS, which a local server has none of, and the artifacts.
      for (const step of [
        "logged in",
        "signed URL upload",
        "large payloads",
        "up to date",
        "downloading a file",
        "sweep"
      ]) {
        assert.match(output, new RegExp(`${step}.*✅`), output)
      }
    }
  },
  {
    name: "a member key logs and uploads where keys are asked for, and a wrong key is told so at once",
    flags: ["--auth", "keys"],
    alone: true,
    async run({ python, server, project }) {
      const key = await server.createKey()
      const env = { WANDB_API_KEY: key }
      await python.job("media.py", { project, env })
      const authorization = `Bearer ${key}`
      const files = await server.api(`/runs/local:${project}:media/files?limit=1000`, { headers: { authorization } })
      assert.ok(files.items.some(({ path }) => path.startsWith("media/images/")))
      const wrong = await python.script(
        "counting.py",
        { project, env: { WANDB_API_KEY: `wrong-${"1".repeat(40)}` } },
        "3"
      )
      assert.notEqual(wrong.code, 0)
    }
  },
  ...asserting.map((name) => ({
    name: `${name} finds what it asserts`,
    quick: !slow.has(name),
    async run({ python, project }) {
      await python.job(join("../../python", name), { project, timeoutMs: 400_000 })
    }
  }))
]
