"""Runs through wandb.Api(): one, many by filter and order, paging, counts, changes, deletion."""
import os
import time

import wandb

project = f"read-runs-{os.getpid()}-{int(time.time())}"

for i in range(12):
    run = wandb.init(
        project=project,
        id=f"r{i:02d}",
        name=f"run {i}",
        group="even" if i % 2 == 0 else "odd",
        job_type="train",
        tags=["all", f"mod{i % 3}"] if i != 5 else None,
        config={"lr": 0.1 / (i + 1), "model": {"layers": i % 4}, "flag": i > 5, "kind": ["a", "b"][i % 2]},
        settings=wandb.Settings(silent=True, console="off", x_disable_meta=True, x_disable_stats=True),
    )
    run.log({"loss": 1.0 / (i + 1), "acc": i, "done": True})
    run.finish(exit_code=1 if i == 7 else 0)

api = wandb.Api(timeout=60)
entity = api.default_entity
assert entity, "there is a default entity"
assert api.viewer.username
path = f"{entity}/{project}"


def ids(filters=None, order="+created_at", **options):
    return [run.id for run in api.runs(path, filters=filters, order=order, **options)]


def names(numbers):
    return [f"r{i:02d}" for i in numbers]


runs = api.runs(path, per_page=5)
assert len(runs) == 12
assert [run.id for run in runs] == names(range(12)), "pages follow each other, oldest first"
assert ids(order="-created_at") == names(reversed(range(12)))
assert ids(order="+summary_metrics.loss") == names(reversed(range(12)))
assert ids(order="-config.lr.value", per_page=5) == names(range(12))
assert ids(order="+group,-summary_metrics.acc") == names([10, 8, 6, 4, 2, 0, 11, 9, 7, 5, 3, 1])

assert ids({"state": "failed"}) == ["r07"]
assert ids({"state": {"$ne": "finished"}}) == ["r07"]
assert ids({"group": "even"}) == names(range(0, 12, 2))
assert ids({"jobType": "train", "display_name": "run 3"}) == ["r03"]
assert ids({"display_name": {"$regex": "^RUN 1", "$options": "i"}}) == names([1, 10, 11])
assert ids({"tags": "mod1"}) == names([1, 4, 7, 10])
assert ids({"tags": {"$in": ["mod1", "mod2"]}}) == names([1, 2, 4, 7, 8, 10, 11])
assert ids({"tags": {"$nin": ["all"]}}) == ["r05"]
assert ids({"config.lr.value": {"$lt": 0.01}}) == names([10, 11])
assert ids({"config.lr": {"$gte": 0.05}}) == names([0, 1])
assert ids({"config.model.value.layers": 3}) == names([3, 7, 11])
assert ids({"config.model.layers": {"$exists": False}}) == []
assert ids({"config.flag": True}) == names(range(6, 12))
assert ids({"config.kind.value": "b", "config.flag.value": True}) == names([7, 9, 11])
assert ids({"summary_metrics.acc": {"$gt": 3, "$lte": 6}}) == names([4, 5, 6])
assert ids({"summary_metrics.done": True}) == names(range(12))
assert ids({"summary_metrics.nothing": None}) == names(range(12))
assert ids({"$or": [{"name": "r01"}, {"summary_metrics.acc": 4}]}) == names([1, 4])
assert ids({"$and": [{"group": "odd"}, {"$nor": [{"name": "r01"}, {"name": "r03"}]}]}) == names([5, 7, 9, 11])
assert ids({"config.lr": {"$not": {"$lt": 0.01}}}) == names(range(10))
assert ids({"created_at": {"$gt": "2020-01-01"}}) == names(range(12))
assert ids({"createdAt": {"$lt": "2020-01-01T00:00:00"}}) == []
assert len(api.runs(path, filters={"group": "odd"})) == 6
try:
    ids({"nonsense": 1})
    raise SystemExit("a field that does not exist is refused")
except Exception as error:
    assert "nonsense" in str(error), error

run = api.run(f"{path}/r03")
assert run.name == "run 3" and run.state == "finished" and run.group == "odd" and run.job_type == "train"
assert run.config == {"lr": 0.1 / 4, "model": {"layers": 3}, "flag": False, "kind": "b"}, run.config
assert run.summary["loss"] == 0.25 and run.summary["acc"] == 3, dict(run.summary)
assert sorted(run.tags) == ["all", "mod0"]
assert run.user.username and run.created_at and run.url.endswith(f"/{project}/runs/r03")
assert run.lastHistoryStep == 0
assert set(run.history_keys["keys"]) >= {"loss", "acc"}
assert int(run._project_internal_id) > 0
full = next(iter(api.runs(path, filters={"name": "r03"}, lazy=False)))
assert full.config == run.config and full.summary["acc"] == 3

run.name = "renamed"
run.notes = "a note"
run.tags.append("new")
run.config["extra"] = 7
run.summary["best"] = 0.5
run.group = "moved"
run.update()
run.summary.update({"more": 1})
again = wandb.Api().run(f"{path}/r03")
assert again.name == "renamed" and again.notes == "a note" and "new" in again.tags and again.group == "moved"
assert again.config["extra"] == 7 and again.summary["best"] == 0.5 and again.summary["more"] == 1
assert ids({"tags": "new"}) == ["r03"]

api.run(f"{path}/r00").delete()
assert len(wandb.Api().runs(path)) == 11
try:
    wandb.Api().run(f"{path}/r00")
    raise SystemExit("a deleted run is gone")
except Exception as error:
    assert "r00" in str(error)
try:
    len(wandb.Api().runs(f"{entity}/there-is-no-{project}"))
    assert not list(wandb.Api().runs(f"{entity}/there-is-no-{project}"))
    raise SystemExit("a project that does not exist is an error")
except ValueError:
    pass

assert project in [one.name for one in api.projects(entity)]
found = api.project(project, entity)
assert found.name == project and found.id
api.create_project(f"{project}-made", entity)
assert f"{project}-made" in [one.name for one in wandb.Api().projects(entity)]
print("ok")
