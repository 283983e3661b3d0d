/** How a command ends when it does not succeed: 1 when it failed, 2 when it was called wrongly. */

export class CommandFault extends Error {
  override readonly name = "CommandFault"
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

export const wrongCall = (message: string): CommandFault => new CommandFault(message, 2)
