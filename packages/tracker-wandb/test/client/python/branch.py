"""branch.py fork|rewind id?_step=n until id"""
import sys

import wandb

kind, point, until, name = sys.argv[1:5]
where = {"fork_from": point, "id": name} if kind == "fork" else {"resume_from": point}
run = wandb.init(**where, config={"branch": kind}, settings=wandb.Settings(x_disable_stats=True))
print(f"branch starts at {run.starting_step}")
for step in range(run.starting_step, int(until)):
    run.log({"count": 1000 + step, "only": step})
run.finish()
