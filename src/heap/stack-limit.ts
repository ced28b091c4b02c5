const BASE_NODES = 2 ** 21;
const NODES_PER_LOCATION = 4;

/**
 * How many stack nodes a result of so many locations may have. A call tree takes some 65 bytes for each, so
 * that stacks of millions of frames, which need next to nothing in the file, stay within the memory that the
 * reader may take.
 */
export function getMaxStackNodes(locations: number): number {
  return BASE_NODES + NODES_PER_LOCATION * locations;
}

/** Takes the nodes of a stack from the innermost one outwards, and keeps so many of the outermost ones. */
export class OutermostNodes {
  /** Innermost ones were left out. */
  isCut = false;
  readonly #room: number;
  readonly #nodes: number[] = [];

  constructor(room: number) {
    this.#room = Math.max(0, room);
  }

  add(node: number): void {
    this.#nodes.push(node);
    // Not for each one: the others would move each time.
    if (this.#nodes.length > 2 * this.#room + 1024) this.#cut();
  }

  /** From the outermost one inwards. */
  list(): readonly number[] {
    this.#cut();
    return this.#nodes.reverse();
  }

  #cut(): void {
    const surplus = this.#nodes.length - this.#room;
    if (surplus <= 0) return;
    this.#nodes.splice(0, surplus);
    this.isCut = true;
  }
}
