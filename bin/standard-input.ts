import type {ReadingOrder} from '../src/reader/reading-order.js';

/** Whether a capture comes by standard input, which then cannot be the keyboard. */
export function isStandardInput(order: ReadingOrder): boolean {
  return order.kind === 'file' && order.path === '-';
}
