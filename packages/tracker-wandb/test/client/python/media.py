import numpy as np
import wandb

run = wandb.init(id="media")
pixels = (np.arange(32 * 32 * 3) % 255).reshape(32, 32, 3).astype(np.uint8)
mask = np.zeros((32, 32), dtype=np.uint8)
image = wandb.Image(
    pixels,
    caption="both",
    masks={"truth": {"mask_data": mask, "class_labels": {0: "sky", 1: "car"}}},
    boxes={
        "found": {
            "box_data": [
                {
                    "position": {"minX": 0.1, "maxX": 0.5, "minY": 0.1, "maxY": 0.5},
                    "class_id": 1,
                    "box_caption": "car",
                    "scores": {"sure": 0.9},
                }
            ],
            "class_labels": {1: "car"},
        }
    },
)
run.log({"image": image, "loss": 1.0})
run.log({"images": [wandb.Image(pixels + i) for i in range(3)], "loss": 0.5})
run.log({"audio": wandb.Audio(np.sin(np.arange(800) / 10), sample_rate=8000, caption="hum")})
run.log({"html": wandb.Html("<b>bold</b>")})
run.log({"hist": wandb.Histogram(np.random.default_rng(1).normal(size=500))})
run.log({"sequence": np.arange(10)})
run.log({"cloud": wandb.Object3D(np.random.default_rng(1).uniform(size=(50, 3)))})
run.log({"table": wandb.Table(columns=["a", "b"], data=[[1, "x"], [2, "y"]])})
run.log({"curve": wandb.plot.line(wandb.Table(columns=["x", "y"], data=[[i, i * i] for i in range(5)]), "x", "y", title="Square")})
run.log({"confusion": wandb.plot.confusion_matrix(y_true=[0, 1, 1], preds=[0, 1, 0], class_names=["a", "b"])})
run.summary["picture"] = wandb.Image(pixels)
run.log({"loss": 0.25})
run.finish()
print("the job went on to its end")
