/** Undo in reverse order whatever was brought, also when only half of it was. */
export const makeUndo = () => {
  const steps: (() => Promise<void> | void)[] = []
  let undoing: Promise<void> | undefined
  return {
    later: (step: () => Promise<void> | void) => void steps.unshift(step),
    run: (): Promise<void> => {
      undoing ??= (async () => {
        for (const step of steps) await step()
      })()
      return undoing
    },
  }
}
