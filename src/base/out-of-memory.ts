/** The message when this process has too little memory. */
export const OUT_OF_MEMORY = 'there is not enough memory; a smaller number for -b needs less';

/** How V8 and Node call it: buffers, strings, wasm and threads each have words of their own. */
const MESSAGES = [
  'Array buffer allocation failed',
  'Invalid typed array length',
  'Invalid array length',
  'Invalid string length',
  'could not allocate memory',
  'Out of memory',
];

/** Whether an error says that memory has ended. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') return true;
  return (
    (error instanceof RangeError || error.name === 'DataCloneError') &&
    MESSAGES.some(text => error.message.includes(text))
  );
}
