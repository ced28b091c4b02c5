/** Lets timers, messages and input have their turn. */
export function awaitNextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
