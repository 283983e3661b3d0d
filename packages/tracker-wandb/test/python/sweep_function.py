"""wandb.sweep and wandb.agent with a Python function: a grid runs each cell once, a random search stays in its bounds."""
import os
import time

import wandb
from wandb.agents import pyagent

pyagent.Agent.HEARTBEAT_SLEEP_SECONDS = 0.3
os.environ["WANDB_SILENT"] = "true"
os.environ["WANDB_CONSOLE"] = "off"
project = f"sweep-function-{os.getpid()}-{int(time.time())}"

grid = wandb.sweep(
    {
        "method": "grid",
        "name": "my grid",
        "metric": {"name": "loss", "goal": "minimize"},
        "parameters": {
            "lr": {"values": [0.1, 0.01]},
            "depth": {"min": 1, "max": 2},
            "fixed": {"value": {"deep": True}},
            "net": {"parameters": {"act": {"values": ["relu"]}}},
        },
    },
    project=project,
)
seen = []


def train():
    with wandb.init() as run:
        config = dict(run.config)
        assert config["fixed"] == {"deep": True} and config["net"] == {"act": "relu"}, config
        assert run.sweep_id == grid
        seen.append((config["depth"], config["lr"]))
        run.log({"loss": config["lr"] * config["depth"]})


wandb.agent(grid, function=train, project=project)
assert sorted(seen) == [(1, 0.01), (1, 0.1), (2, 0.01), (2, 0.1)], seen

api = wandb.Api(timeout=60)
path = f"{api.default_entity}/{project}/{grid}"
sweep = api.sweep(path)
assert sweep.state == "FINISHED" and sweep.name == "my grid", (sweep.state, sweep.name)
assert len(sweep.runs) == 4 and all(run.state == "finished" for run in sweep.runs)
assert sweep.expected_run_count == 4
assert sweep.best_run().summary["loss"] == 0.01
assert abs(sweep._attrs["bestLoss"] - 0.01) < 1e-12
assert all(run.sweep_name == grid for run in sweep.runs)
assert sweep.config["method"] == "grid" and sweep.url.endswith(f"/{project}/sweeps/{grid}")
(agent,) = sweep.agents()
assert agent.total_runs == 4 and len(list(agent.runs())) == 4
assert sweep.agent(agent.id).host == agent.host
assert [one.id for one in api.project(project, api.default_entity).sweeps()] == [grid]

random = wandb.sweep(
    {
        "method": "random",
        "run_cap": 3,
        "parameters": {
            "lr": {"distribution": "log_uniform_values", "min": 1e-5, "max": 1e-1},
            "layers": {"min": 1, "max": 6},
            "drop": {"min": 0.0, "max": 0.5},
            "kind": {"values": ["a", "b"], "probabilities": [0.0, 1.0]},
        },
    },
    project=project,
)
drawn = []


def try_out():
    run = wandb.init()
    drawn.append(dict(run.config))
    run.log({"loss": 1})
    if len(drawn) == 2:
        raise RuntimeError("this one fails")
    run.finish()


wandb.agent(random, function=try_out, project=project, count=10)
assert len(drawn) == 3, drawn
for one in drawn:
    assert 1e-5 <= one["lr"] <= 1e-1 and one["layers"] in range(1, 7) and 0 <= one["drop"] <= 0.5 and one["kind"] == "b"
assert len({one["lr"] for one in drawn}) == 3
states = sorted(run.state for run in wandb.Api().sweep(f"{api.default_entity}/{project}/{random}").runs)
assert states == ["failed", "finished", "finished"], states

for method, word in (("bayes", "bayes"), ("gird", "method")):
    try:
        wandb.sweep({"method": method, "parameters": {"a": {"values": [1]}}}, project=project)
        raise SystemExit(f"{method} is refused")
    except Exception as error:
        assert word in str(error), error
try:
    wandb.sweep(
        {"method": "grid", "nonsense": 1, "parameters": {"a": {"min": 0.5, "max": 0.1}, "b": {"distribution": "norml"}}},
        project=project,
    )
    raise SystemExit("a config with errors is refused")
except Exception as error:
    for word in ("nonsense", "parameters.a", "min-below-max", "parameters.b", "norml"):
        assert word in str(error), error
print("ok")
