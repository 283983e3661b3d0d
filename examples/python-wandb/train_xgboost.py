"""A tumour classifier with XGBoost and the wandb client's own callback. Nothing here knows of wanLLMDB."""

import wandb
import xgboost
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from wandb.integration.xgboost import WandbCallback

config = {"max_depth": 3, "learning_rate": 0.1, "n_estimators": 40}
run = wandb.init(project="tumours-xgboost", config=config, tags=["xgboost"])

features, labels = load_breast_cancer(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(features, labels, test_size=0.3, random_state=0)

model = xgboost.XGBClassifier(**config, eval_metric=["logloss", "error"], callbacks=[WandbCallback()])
model.fit(train_x, train_y, eval_set=[(train_x, train_y), (test_x, test_y)], verbose=False)
run.summary["test/accuracy"] = model.score(test_x, test_y)
run.finish()
