"""A digit classifier with scikit-learn, logged with the wandb client. Nothing here knows of wanLLMDB."""

import wandb
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split

run = wandb.init(project="digits-sklearn", config={"alpha": 1e-4, "epochs": 20, "seed": 0}, tags=["sklearn"])
config = run.config

features, labels = load_digits(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(features / 16, labels, test_size=0.3, random_state=config.seed)

run.define_metric("test/accuracy", summary="max")
model = SGDClassifier(loss="log_loss", alpha=config.alpha, random_state=config.seed)
for epoch in range(config.epochs):
    model.partial_fit(train_x, train_y, classes=range(10))
    run.log(
        {
            "epoch": epoch,
            "train/loss": log_loss(train_y, model.predict_proba(train_x)),
            "test/loss": log_loss(test_y, model.predict_proba(test_x)),
            "test/accuracy": accuracy_score(test_y, model.predict(test_x)),
            "weights": wandb.Histogram(model.coef_),
        }
    )
print(f"accuracy {accuracy_score(test_y, model.predict(test_x)):.3f}")
run.finish()
