/** Everything that is wrong with a sweep's config, found in one go. */

export interface Problem {
  readonly path: string
  /** What is wrong, and what to do. */
  readonly message: string
}

export class Problems {
  readonly errors: Array<Problem> = []
  readonly warnings: Array<Problem> = []

  error(path: string, message: string): void {
    this.errors.push({ path, message })
  }

  warn(path: string, message: string): void {
    this.warnings.push({ path, message })
  }
}

export const problemText = ({ message, path }: Problem): string => `${path}: ${message}`
