"""The client's own integrations: callbacks.py lightgbm|xgboost|catboost|keras"""
import sys

import numpy as np
import wandb
from sklearn.datasets import load_breast_cancer

kind = sys.argv[1]
run = wandb.init(id=kind, config={"kind": kind}, settings=wandb.Settings(x_disable_stats=True))
x, y = load_breast_cancer(return_X_y=True)
train, test = (x[:400], y[:400]), (x[400:], y[400:])

if kind == "lightgbm":
    import lightgbm
    from wandb.integration.lightgbm import log_summary, wandb_callback

    model = lightgbm.train(
        {"objective": "binary", "metric": ["binary_logloss", "auc"], "verbose": -1, "num_threads": 1},
        lightgbm.Dataset(*train),
        num_boost_round=10,
        valid_sets=[lightgbm.Dataset(*test)],
        callbacks=[wandb_callback()],
    )
    log_summary(model)
elif kind == "xgboost":
    import xgboost
    from wandb.integration.xgboost import WandbCallback

    model = xgboost.XGBClassifier(n_estimators=10, callbacks=[WandbCallback(log_model=False)])
    model.fit(*train, eval_set=[test], verbose=False)
elif kind == "catboost":
    import catboost
    from wandb.integration.catboost import WandbCallback, log_summary

    model = catboost.CatBoostClassifier(iterations=10, thread_count=1, allow_writing_files=False)
    model.fit(*train, eval_set=test, verbose=False, callbacks=[WandbCallback()])
    log_summary(model, log_feature_importance=False, save_model_checkpoint=False)
elif kind == "keras":
    import keras

    # The client's own Keras callbacks import TensorFlow; with JAX below, Keras' own callback hands the values on.
    logger = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: run.log({"epoch": epoch, **logs}))
    model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    scale = np.abs(x).max(0)
    model.fit(train[0] / scale, train[1], epochs=5, verbose=0, callbacks=[logger])
run.finish()
