export { WlProvider } from "../provider/WlProvider.ts"
