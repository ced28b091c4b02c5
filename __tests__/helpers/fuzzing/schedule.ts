import {getShare, TARGET_NAMES, type TargetName} from './targets.js';

/** Inputs that are tried one after the other with the same cores: whether one fails depends on those of its group alone. */
export const GROUP_INPUTS = 64;

/** Which inputs a group has: those of a target from `first` on. */
export interface Group {
  readonly target: TargetName;
  readonly first: number;
}

/** Groups of all targets in turns, so that each has its share whenever a run ends; or those of one target. */
export class Schedule {
  readonly #turns: readonly TargetName[];
  readonly #first: number;

  /** @param first the first input of one target */
  constructor(only: TargetName | null, first = 0) {
    this.#turns = only === null ? takeTurns() : [only];
    this.#first = first;
  }

  getGroup(number: number): Group {
    const turn = number % this.#turns.length;
    const target = this.#turns[turn]!;
    const round = Math.floor(number / this.#turns.length);
    const isSame = (other: TargetName): boolean => other === target;
    const groups =
      round * this.#turns.filter(isSame).length + this.#turns.slice(0, turn).filter(isSame).length;
    return {target, first: this.#first + groups * GROUP_INPUTS};
  }
}

/** A hundred turns, those of each target spread over them. */
function takeTurns(): readonly TargetName[] {
  const turns = TARGET_NAMES.flatMap(target => {
    const count = Math.round(100 * getShare(target));
    return Array.from({length: count}, (_, turn) => ({target, at: (turn + 0.5) / count}));
  });
  return turns.sort((a, b) => a.at - b.at).map(({target}) => target);
}
