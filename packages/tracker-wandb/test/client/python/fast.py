"""fast.py rows keys id [gzip]"""
import sys

import wandb

rows, keys, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
run = wandb.init(
    id=name, settings=wandb.Settings(x_disable_stats=True, console="off", x_file_stream_no_gzip="gzip" not in sys.argv)
)
names = [f"layer{i}/value" for i in range(keys)]
for step in range(rows):
    run.log({name: step + i / 128 for i, name in enumerate(names)})
run.finish()
