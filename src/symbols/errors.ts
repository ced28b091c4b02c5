/** Debug information or an ELF file that does not hold what it says; caught inside this room, never seen outside. */
export class BadSymbolFile extends Error {}

/** The bytes at hand end too early; more of the file may help. */
export class TooFewBytes extends BadSymbolFile {}

/** Counts work, so that no file can keep us busy for long. A step is about 20–50 ns. */
export class Budget {
  private left: number;

  constructor(steps: number) {
    this.left = steps;
  }

  /** Throws BadSymbolFile when all is spent. */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new BadSymbolFile('Too much work');
  }

  get isSpent(): boolean {
    return this.left < 0;
  }
}
