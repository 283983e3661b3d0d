import math
import sys
import time

import numpy as np
import wandb

run = wandb.init(
    id="basics",
    name="Basics of it",
    group="first group",
    job_type="train",
    tags=["one", "two words"],
    notes="noted",
    config={"lr": 0.1, "net": {"layers": [1, 2], "act": "relu"}, "odd.key": float("inf")},
    settings=wandb.Settings(x_stats_sampling_interval=0.5),
)
run.config.update({"net": {"act": "gelu"}}, allow_val_change=True)
run.config["late"] = True
run.define_metric("epoch")
run.define_metric("val/*", step_metric="epoch")
run.define_metric("best", summary="max")
run.define_metric("quiet", hidden=True)
for step in range(50):
    run.log(
        {
            "loss": 1 / (step + 1),
            "best": math.sin(step),
            "epoch": step // 10,
            "val/acc": step / 50,
            "nested": {"a": step, "b": {"c": -step}},
            "flag": step % 2 == 0,
            "word": f"w{step}",
            "numpy": np.float32(step),
            "big": 1.5e300,
            "nan": float("nan") if step % 3 else 1.0,
            "inf": float("-inf") if step == 7 else 0.0,
        }
    )
print("plain line")
print("to stderr", file=sys.stderr)
for done in range(0, 101, 20):
    sys.stdout.write(f"\rprogress {done}%")
    sys.stdout.flush()
    time.sleep(0.02)
print()
print("last line")
run.summary["mine"] = 42
run.summary.update({"deep": {"x": 1}})
run.alert("Careful", "loss is low", level=wandb.AlertLevel.WARN)
time.sleep(1.2)
run.finish()
