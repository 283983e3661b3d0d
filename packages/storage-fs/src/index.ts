export * from "./fs.ts"
