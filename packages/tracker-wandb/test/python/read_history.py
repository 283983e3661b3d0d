"""The history of a run through wandb.Api(): scan, samples, system metrics, media, numbers that are none."""
import math
import os
import time

import numpy as np
import wandb

project = f"read-history-{os.getpid()}-{int(time.time())}"
settings = wandb.Settings(silent=True, console="off", x_disable_meta=True, x_stats_sampling_interval=0.5)
run = wandb.init(project=project, settings=settings)
logged = []
for step in range(2500):
    row = {"loss": 1 / (step + 1), "nested/key": step * 2}
    if step % 10 == 0:
        row["rare"] = float(step)
    if step == 7:
        row["odd"] = float("nan")
    if step == 8:
        row["odd"] = float("inf")
    if step == 9:
        row["odd"] = float("-inf")
    if step == 11:
        row["text"] = "hello \"world\""
    if step == 12:
        row["hist"] = wandb.Histogram(np_histogram=np.histogram(np.arange(100), bins=10))
    if step == 13:
        row["html"] = wandb.Html("<p>hi</p>")
    logged.append(row)
    run.log(row)
time.sleep(2)
run.finish()

api = wandb.Api(timeout=60)
found = api.run(f"{api.default_entity}/{project}/{run.id}")
assert found.lastHistoryStep == 2499

rows = list(found.scan_history())
assert len(rows) == 2500, len(rows)
assert [row["_step"] for row in rows] == list(range(2500))
assert all(row["_timestamp"] > 1.7e9 and row["_runtime"] >= 0 for row in rows)
for row, sent in zip(rows, logged):
    for key, value in sent.items():
        if key in ("odd", "hist", "html"):
            continue
        assert row[key] == value, (key, row[key], value)
    assert set(row) - {"_step", "_timestamp", "_runtime"} == set(sent)
assert math.isnan(rows[7]["odd"]) and rows[8]["odd"] == math.inf and rows[9]["odd"] == -math.inf
assert rows[12]["hist"]["_type"] == "histogram" and sum(rows[12]["hist"]["values"]) == 100
assert len(rows[12]["hist"]["bins"]) == 11
assert rows[13]["html"]["_type"] == "html-file" and rows[13]["html"]["path"].startswith("media/html/")

some = list(found.scan_history(keys=["loss", "rare"]))
assert [row["rare"] for row in some] == [float(step) for step in range(0, 2500, 10)], len(some)
assert set(some[0]) >= {"loss", "rare"}
window = list(found.scan_history(min_step=1000, max_step=1005, page_size=2))
assert [row["_step"] for row in window] == list(range(1000, 1005))

sample = found.history(samples=100, pandas=False)
assert len(sample) == 100 and sample[0]["_step"] == 0 and sample[-1]["_step"] == 2499
assert all(row["loss"] == 1 / (row["_step"] + 1) for row in sample)
everything = found.history(samples=5000, pandas=False)
assert len(everything) == 2500 and everything[8]["odd"] == math.inf
keyed = found.history(keys=["rare", "loss"], samples=50, pandas=False)
assert len(keyed) == 50 and set(keyed[0]) == {"_step", "rare", "loss"}
assert found.history(keys=["rare", "never"], pandas=False) == []
against = found.history(keys=["loss"], x_axis="_timestamp", samples=10, pandas=False)
assert len(against) == 10 and against[0]["_timestamp"] > 1.7e9

system = found.history(stream="system", pandas=False)
assert system and any(key.startswith("system.") for key in system[0]), system[:1]
assert not any(key.startswith("system") for key in rows[0])
assert any(key.startswith("system.") for key in found.system_metrics)
histories = api.runs(f"{api.default_entity}/{project}").histories(samples=10)
assert len(histories) == 10 and histories[0]["run_id"] == run.id
print("ok")
