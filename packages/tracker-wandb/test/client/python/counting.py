"""Logs `count` from where it is to `until`: counting.py until [pause] [mode] [id]"""
import os
import sys
import time

import wandb

until = int(sys.argv[1])
pause = float(sys.argv[2]) if len(sys.argv) > 2 else 0
resume = sys.argv[3] if len(sys.argv) > 3 and sys.argv[3] != "-" else None
run = wandb.init(id=sys.argv[4] if len(sys.argv) > 4 else "counting", resume=resume, settings=wandb.Settings(x_disable_stats=True))
print(f"starts at {run.starting_step} resumed {run.resumed}")
for step in range(run.starting_step, until):
    run.log({"count": step, "square": step * step})
    print(f"line {step}")
    if pause:
        time.sleep(pause)
run.finish()
