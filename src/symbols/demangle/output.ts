import {DOUBT, doubt, MAX_NESTING} from './mangled.js';
import type {Node, Scope} from './node.js';

/** The longest name that is shown, in characters. */
const MAX_OUTPUT = 65_536;

/** How much work a print may cost: substitutions may unfold to much that prints nothing. */
const MAX_STEPS = 200_000;

/** A qualifier or a declarator that waits until the type it belongs to is written. */
export interface Pending {
  readonly node: Node;
  readonly outer: Pending | null;
  /** What template parameters stood for where it was met. */
  readonly scope: Scope | null;
  isPrinted: boolean;
}

/** The text so far, and all that the meaning of the next part depends on. */
export class Output {
  text = '';
  /** The last character as far as spaces depend on it. A comma taken back leaves its space here. */
  last = '';
  pending: Pending | null = null;
  scope: Scope | null = null;
  /** The innermost template being written: conversions look up parameters in it. */
  template: Node | null = null;
  /** Which argument of a pack is written, −1 for all. */
  packIndex = 0;
  /** In the parameters of a lambda a template parameter is `auto`. */
  lambdas = 0;
  #nesting = 0;
  #steps = 0;

  write(text: string): void {
    if (text === '') return;
    this.text += text;
    this.last = text[text.length - 1]!;
    if (this.text.length > MAX_OUTPUT) doubt();
  }

  /** Cuts what was written after a length. */
  takeBackTo(length: number): void {
    if (length < this.text.length) this.text = this.text.slice(0, length);
  }

  enter(node: Node): void {
    if (node.printing > 1 || ++this.#nesting > MAX_NESTING) throw DOUBT;
    this.step();
    node.printing++;
  }

  leave(node: Node): void {
    node.printing--;
    this.#nesting--;
  }

  step(): void {
    if (++this.#steps > MAX_STEPS) doubt();
  }

  /** Lets a node wait while `print` runs; says whether it was written meanwhile. */
  pend(node: Node, print: () => void): boolean {
    const pending = this.push(node);
    print();
    this.pending = pending.outer;
    return pending.isPrinted;
  }

  push(node: Node): Pending {
    const pending = {node, outer: this.pending, scope: this.scope, isPrinted: false};
    this.pending = pending;
    return pending;
  }
}
