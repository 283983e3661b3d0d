"""ending.py how id"""
import os
import signal
import sys
import time

import wandb

how, name = sys.argv[1:3]
run = wandb.init(id=name, settings=wandb.Settings(x_disable_stats=True))
run.log({"loss": 1})
if how == "exit3":
    sys.exit(3)
if how == "raise":
    raise ValueError("broken")
if how == "interrupt":
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
if how == "preempt":
    run.mark_preempting()
    time.sleep(1.5)
    sys.exit(1)
if how == "wait":
    for _ in range(600):
        run.log({"loss": 1})
        time.sleep(0.1)
run.finish(exit_code=int(how) if how.isdigit() else None)
