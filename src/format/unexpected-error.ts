/**
 * The message for an error that no input should cause.
 * @param isStackShown the stack trace follows, so how to get it need not be said
 */
export function describeUnexpectedError(message: string, isStackShown = false): string {
  const advice = isStackShown ? '' : '; MEMRAY_TREE_DEBUG=1 shows the stack trace';
  return `unexpected error: ${message} (this is a bug in memray-tree-ink, the README says how to report it${advice})`;
}
