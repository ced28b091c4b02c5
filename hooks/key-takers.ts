import type {KeyScope} from '../src/keymap/keymap.js';
import type {TreeStore} from '../src/session/create-tree-store.js';

/** One of those who would take the keys of a store. */
export interface KeyTaker {
  readonly scope: KeyScope;
}

/** Who is on the screen with keys for a store, in the order in which they came. */
const takersOf = new WeakMap<TreeStore, readonly KeyTaker[]>();

/** Returns what takes the taker away. */
export function addKeyTaker(store: TreeStore, taker: KeyTaker): () => void {
  takersOf.set(store, [...getTakers(store), taker]);
  return () => {
    takersOf.set(
      store,
      getTakers(store).filter(other => other !== taker),
    );
  };
}

/** Whether a key is this one's: each key is taken once, by who takes those of the program before who takes those of the tree. */
export function takesKeys(store: TreeStore, taker: KeyTaker): boolean {
  const takers = getTakers(store);
  return taker === (takers.find(({scope}) => scope === 'program') ?? takers[0]);
}

function getTakers(store: TreeStore): readonly KeyTaker[] {
  return takersOf.get(store) ?? [];
}
