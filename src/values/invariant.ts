/** Our own bug, never bad input: whoever sees this stops, because paying wrong is worse than not paying. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/** `rule` is a constant sentence; values stay out of it, so that it can be logged. */
export function invariant(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new InvariantBroken(rule);
}
