export { baseStyles } from "./baseStyles.ts"
export { errorMessage } from "./errorMessage.ts"
export { WlElement } from "./WlElement.ts"
