export { type WandbOptions, wandb } from "./wandb.ts"
