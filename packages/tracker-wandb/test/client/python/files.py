import os
import pathlib
import time

import wandb

run = wandb.init(id="files")
base = pathlib.Path(run.dir)
work = pathlib.Path("saved")
(work / "deep" / "er").mkdir(parents=True, exist_ok=True)
(work / "now.txt").write_text("now")
(work / "live.txt").write_text("first")
(work / "end.txt").write_text("early")
(work / "deep" / "er" / "zwölf.txt").write_text("nested")
odd = ["a:b*c?.txt", 'q"uote<>|.txt', "100%25.txt", "con.txt", "trailing.", " lead.txt"]
for name in odd:
    (work / name).write_text(name)
run.save("saved/now.txt", base_path="saved", policy="now")
run.save("saved/deep/er/*.txt", base_path="saved", policy="now")
run.save("saved/live.txt", base_path="saved", policy="live")
run.save("saved/end.txt", base_path="saved", policy="end")
for name in odd:
    run.save(f"saved/{name}".replace("[", "[[]").replace("*", "[*]").replace("?", "[?]"), base_path="saved", policy="now")
time.sleep(0.5)
(work / "live.txt").write_text("second and longer")
(work / "end.txt").write_text("late")
time.sleep(0.5)
run.log({"loss": 1})
run.finish()
