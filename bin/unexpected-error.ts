import {isOutOfMemory, OUT_OF_MEMORY} from '../src/base/out-of-memory.js';
import {sanitize} from '../src/format/sanitize.js';
import {describeUnexpectedError} from '../src/format/unexpected-error.js';
import {isDebugMode} from '../src/platform/debug-mode.js';

/** One line; with MEMRAY_TREE_DEBUG=1 the stack trace as well. The message may hold names from a capture. */
export function formatUnexpectedError(
  error: unknown,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const message = error instanceof Error ? error.message : String(error);
  const isDebugging = isDebugMode(env);
  if (!isDebugging && isOutOfMemory(error)) return `memray-tree-ink: ${OUT_OF_MEMORY}`;
  const stack = error instanceof Error && isDebugging ? (error.stack ?? '').split('\n') : [];
  const line = `memray-tree-ink: ${describeUnexpectedError(message, stack.length > 0)}`;
  return [line, ...stack].map(sanitize).join('\n');
}
