"""`wandb sweep` and `wandb agent` with a program: made, paused, resumed, stopped and cancelled by the command line."""
import os
import re
import subprocess
import sys
import tempfile
import time

import wandb

folder = tempfile.mkdtemp()
os.chdir(folder)
project = f"sweep-program-{os.getpid()}-{int(time.time())}"
environment = {**os.environ, "WANDB_PROJECT": project, "WANDB_DIR": folder, "WANDB_CONSOLE": "off"}
with open("train.py", "w") as file:
    file.write(
        """
import argparse, time, wandb
parser = argparse.ArgumentParser()
parser.add_argument("--x", type=int)
parser.add_argument("--wait", type=float)
args = parser.parse_args()
run = wandb.init(config=vars(args))
run.log({"y": args.x * 2})
time.sleep(args.wait)
run.finish()
"""
    )


def cli(*words, timeout=120):
    done = subprocess.run(
        [sys.executable, "-m", "wandb", *words], env=environment, capture_output=True, text=True, timeout=timeout
    )
    return done.returncode, done.stdout + done.stderr


def make(name, text):
    with open(name, "w") as file:
        file.write(text)
    code, output = cli("sweep", name)
    assert code == 0, output
    return re.search(r"sweep with ID: \S*?([a-z0-9]{8})", output).group(1)


api = wandb.Api(timeout=60)
entity = api.default_entity


def state(sweep):
    return wandb.Api().sweep(f"{entity}/{project}/{sweep}").state


def start(sweep, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "wandb", "agent", *words, f"{entity}/{project}/{sweep}"],
        env=environment,
        stdout=open("agent.log", "ab"),
        stderr=subprocess.STDOUT,
    )


def until(what, check, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        if check():
            return
        time.sleep(0.3)
    raise SystemExit(f"{what} did not come to pass in time")


command = 'command: ["${env}", "%s", "${program}", "${args}"]\n' % sys.executable
first = make(
    "grid.yaml",
    "program: train.py\nmethod: grid\n" + command + "parameters:\n  x: {values: [1, 2]}\n  wait: {value: 0.0}\n",
)
assert cli("sweep", "--pause", f"{entity}/{project}/{first}")[0] == 0
assert state(first) == "PAUSED"
agent = start(first)
until("an agent", lambda: len(api.sweep(f"{entity}/{project}/{first}").agents()) == 1)
time.sleep(1)
assert len(api.sweep(f"{entity}/{project}/{first}").runs) == 0, "a paused sweep gives out nothing"
assert cli("sweep", "--resume", f"{entity}/{project}/{first}")[0] == 0
assert agent.wait(timeout=120) == 0
runs = wandb.Api().sweep(f"{entity}/{project}/{first}").runs
assert sorted(run.config["x"] for run in runs) == [1, 2]
assert sorted(run.summary["y"] for run in runs) == [2, 4]
assert state(first) == "FINISHED"

second = make(
    "random.yaml",
    "program: train.py\nmethod: random\n" + command + "parameters:\n  x: {min: 1, max: 9}\n  wait: {value: 60.0}\n",
)
agent = start(second)
sweep = f"{entity}/{project}/{second}"
until("a running run", lambda: [run.state for run in wandb.Api().sweep(sweep).runs] == ["running"])
code, output = cli("sweep", "--cancel", sweep)
assert code == 0, output
assert agent.wait(timeout=90) == 0, "a cancelled sweep ends its runs and its agents"
assert state(second) == "CANCELED"
until("the end of the run", lambda: [run.state for run in wandb.Api().sweep(sweep).runs][0] != "running", 30)

third = make(
    "stop.yaml",
    "program: train.py\nmethod: random\n" + command + "parameters:\n  x: {min: 1, max: 9}\n  wait: {value: 20.0}\n",
)
agent = start(third)
sweep = f"{entity}/{project}/{third}"
until("a running run", lambda: [run.state for run in wandb.Api().sweep(sweep).runs] == ["running"])
assert cli("sweep", "--stop", sweep)[0] == 0
assert agent.wait(timeout=90) == 0
assert [run.state for run in wandb.Api().sweep(sweep).runs] == ["finished"], "a stopped sweep lets its runs finish"
assert state(third) == "FINISHED"
code, output = cli("sweep", "--pause", sweep)
assert code != 0, "what is over cannot be paused"

with open("more.yaml", "w") as file:
    file.write("program: train.py\nmethod: random\nrun_cap: 1\n" + command)
    file.write("parameters:\n  x: {min: 1, max: 9}\n  wait: {value: 0.0}\n")
fourth = make("more.yaml", open("more.yaml").read())
assert start(fourth, "--count", "5").wait(timeout=90) == 0
sweep = f"{entity}/{project}/{fourth}"
assert len(wandb.Api().sweep(sweep).runs) == 1 and state(fourth) == "FINISHED"
with open("more.yaml", "a") as file:
    file.write("\n")
text = open("more.yaml").read().replace("run_cap: 1", "run_cap: 2")
with open("more.yaml", "w") as file:
    file.write(text)
code, output = cli("sweep", "--update", sweep, "more.yaml")
assert code == 0, output
assert start(fourth).wait(timeout=90) == 0
assert len(wandb.Api().sweep(sweep).runs) == 2, "a higher cap lets it go on"
print("ok")
