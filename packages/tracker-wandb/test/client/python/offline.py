import wandb

run = wandb.init(mode="offline", id="offline", config={"lr": 0.5}, settings=wandb.Settings(x_disable_stats=True))
for step in range(200):
    run.log({"count": step})
    if step % 50 == 0:
        print(f"offline {step}")
run.summary["done"] = True
run.finish()
