"""A small network on digits with PyTorch, logged with the wandb client. Nothing here knows of wanLLMDB."""

import torch
import wandb
from sklearn.datasets import load_digits
from torch import nn

run = wandb.init(project="digits-pytorch", config={"lr": 3e-3, "hidden": 64, "epochs": 15, "batch": 64}, tags=["torch"])
config = run.config
torch.manual_seed(0)

features, labels = load_digits(return_X_y=True)
order = torch.randperm(len(labels))
x = torch.tensor(features / 16, dtype=torch.float32)[order]
y = torch.tensor(labels)[order]
split = int(0.7 * len(y))

model = nn.Sequential(nn.Linear(64, config.hidden), nn.ReLU(), nn.Linear(config.hidden, 10))
run.watch(model, log="all", log_freq=20)
optimizer = torch.optim.Adam(model.parameters(), lr=config.lr)
for epoch in range(config.epochs):
    for start in range(0, split, config.batch):
        loss = nn.functional.cross_entropy(model(x[start : start + config.batch]), y[start : start + config.batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        run.log({"train/loss": loss.item(), "epoch": epoch})
    with torch.no_grad():
        guess = model(x[split:])
    run.log(
        {
            "test/loss": nn.functional.cross_entropy(guess, y[split:]).item(),
            "test/accuracy": (guess.argmax(1) == y[split:]).float().mean().item(),
        }
    )
run.finish()
