"""Files and console of a run through wandb.Api()."""
import json
import os
import tempfile
import time

import wandb

project = f"read-files-{os.getpid()}-{int(time.time())}"
work = tempfile.mkdtemp()
os.chdir(work)
run = wandb.init(project=project, settings=wandb.Settings(silent=True, x_disable_stats=True))
os.makedirs("out/deep", exist_ok=True)
for i in range(7):
    with open(f"out/deep/part{i}.json", "w") as file:
        json.dump({"i": i}, file)
run.save("out/deep/*.json", base_path="out")
for i in range(30):
    print(f"console line {i}")
run.log({"a": 1})
run.finish()

api = wandb.Api(timeout=60)
found = api.run(f"{api.default_entity}/{project}/{run.id}")
names = [file.name for file in found.files(per_page=2)]
assert {f"deep/part{i}.json" for i in range(7)} <= set(names), names
assert len(names) == len(set(names)) == len(found.files())
assert [file.name for file in found.files(pattern="deep/%3.json")] == ["deep/part3.json"]
assert [file.name for file in found.files(names=["deep/part2.json", "deep/part1.json"])] == [
    "deep/part2.json",
    "deep/part1.json",
]
file = found.file("deep/part4.json")
assert file.size == 8 and file.mimetype == "application/json", (file.size, file.mimetype)
with file.download(root=os.path.join(work, "down"), replace=True) as opened:
    assert json.load(opened) == {"i": 4}
assert found.file("no/such.txt").size == 0

with open("üp load.txt", "w") as opened:
    opened.write("uploaded later")
sent = found.upload_file("üp load.txt")
assert sent.size == len("uploaded later"), sent.size
with found.file(sent.name).download(root=os.path.join(work, "again")) as opened:
    assert opened.read() == "uploaded later"
found.file("deep/part0.json").delete()
assert "deep/part0.json" not in [file.name for file in wandb.Api().run("/".join(found.path)).files()]
assert found.metadata is None or "host" in found.metadata

lines = [line.content for line in found.console_logs(per_page=7)]
assert [line for line in lines if line.startswith("console line")] == [f"console line {i}" for i in range(30)], lines
tail = list(found.console_logs(last=3))
assert [line.content for line in tail] == lines[-3:]
assert [line.number for line in tail] == sorted(line.number for line in tail)
assert tail[0].timestamp is not None
print("ok")
