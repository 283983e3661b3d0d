"""shared.py id label primary rows"""
import sys
import time

import wandb

name, label, primary, rows = sys.argv[1:5]
run = wandb.init(
    id=name,
    config={label: True},
    settings=wandb.Settings(
        mode="shared",
        x_label=label,
        x_primary=primary == "1",
        x_update_finish_state=primary == "1",
        x_stats_sampling_interval=0.5,
    ),
)
for step in range(int(rows)):
    run.log({"both": step, f"own/{label}": step})
    print(f"{label} line {step}")
    time.sleep(0.02)
if primary == "1":
    time.sleep(3)
run.finish()
