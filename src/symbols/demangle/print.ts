import {DOUBT, doubt} from './mangled.js';
import type {Node} from './node.js';
import {Output} from './output.js';
import {printExpression} from './print-expression.js';
import {printName} from './print-name.js';
import {printType} from './print-type.js';

/** The text of a whole name. */
export function printToString(node: Node): string {
  const output = new Output();
  print(output, node);
  return output.text;
}

/** Writes a part. Each of the three printers leaves what it does not know to the next. */
export function print(output: Output, node: Node | null): void {
  if (!node) throw DOUBT;
  output.enter(node);
  if (!printType(output, node) && !printName(output, node) && !printExpression(output, node)) doubt();
  output.leave(node);
}

export function printAround(output: Output, before: string, node: Node | null, after: string): void {
  output.write(before);
  print(output, node);
  output.write(after);
}
