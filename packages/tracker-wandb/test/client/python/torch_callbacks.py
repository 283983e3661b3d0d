"""What PyTorch users log with: torch_callbacks.py lightning|transformers|sb3"""
import sys

import torch
import wandb
from torch import nn

kind = sys.argv[1]

if kind == "lightning":
    import lightning
    from lightning.pytorch.loggers import WandbLogger

    class Model(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.save_hyperparameters({"width": 8})
            self.net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))

        def training_step(self, batch, _):
            x, y = batch
            loss = nn.functional.mse_loss(self.net(x), y)
            self.log("train_loss", loss)
            return loss

        def validation_step(self, batch, _):
            x, y = batch
            self.log("val_loss", nn.functional.mse_loss(self.net(x), y))

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=0.1)

    x = torch.randn(64, 4)
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, x.sum(1, keepdim=True)), batch_size=8)
    logger = WandbLogger(id=kind)
    model = Model()
    logger.watch(model, log="all", log_freq=5)
    trainer = lightning.Trainer(
        max_epochs=3, logger=logger, log_every_n_steps=1, enable_checkpointing=False, accelerator="cpu"
    )
    trainer.fit(model, data, data)
elif kind == "transformers":
    from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

    config = BertConfig(
        vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=2
    )
    rows = [{"input_ids": [i % 50, 3, 4], "attention_mask": [1, 1, 1], "labels": i % 2} for i in range(32)]
    wandb.init(id=kind)
    arguments = TrainingArguments(
        output_dir="out",
        num_train_epochs=3,
        per_device_train_batch_size=8,
        logging_steps=1,
        eval_strategy="epoch",
        save_strategy="no",
        report_to="wandb",
        use_cpu=True,
    )
    Trainer(
        model=BertForSequenceClassification(config), args=arguments, train_dataset=rows, eval_dataset=rows
    ).train()
else:
    from stable_baselines3 import PPO
    from wandb.integration.sb3 import WandbCallback

    run = wandb.init(id=kind, sync_tensorboard=True)
    model = PPO("MlpPolicy", "CartPole-v1", n_steps=64, batch_size=32, verbose=0, tensorboard_log="tb", device="cpu")
    model.learn(512, callback=WandbCallback(verbose=0), log_interval=1)
wandb.finish()
