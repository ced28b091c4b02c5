import type {ReadingOrder} from '../src/reader/reading-order.js';

/** The paths of an order, `-` for standard input. */
export function listPaths(order: ReadingOrder): readonly string[] {
  switch (order.kind) {
    case 'file':
    case 'follow':
      return [order.path];
    case 'files':
      return order.paths;
    case 'live':
      return [];
  }
}

/** The same order with other paths; standard input stays what it is. */
export function mapPaths(order: ReadingOrder, toPath: (path: string) => string): ReadingOrder {
  const map = (path: string): string => (path === '-' ? path : toPath(path));
  switch (order.kind) {
    case 'file':
    case 'follow':
      return {...order, path: map(order.path)};
    case 'files':
      return {...order, paths: order.paths.map(map)};
    case 'live':
      return order;
  }
}

/** Whether a capture comes by standard input, which then cannot be the keyboard. */
export function isStandardInput(order: ReadingOrder): boolean {
  return listPaths(order).includes('-');
}
