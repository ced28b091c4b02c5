import {describe, expect, it} from 'vitest';
import {listCaptures} from '../helpers/captures.js';
import {readGoldenTree} from '../helpers/shown-golden.js';
import {openTerminal, type Terminal} from '../helpers/terminal.js';
import {compareTreePane, readTreePane} from '../helpers/tree-pane.js';
import {WalkModel} from '../helpers/walk-model.js';

const COLUMNS = 300;
const ROWS = 40;
/** Moves are more likely than what changes the whole tree, so that a walk comes about. */
const MOVES = ['up', 'k', 'down', 'j', 'down', 'j', 'right', 'l', 'right', 'left', 'h', 'enter', 'space'];
const JUMPS = ['pageup', 'pagedown', 'ctrl-u', 'ctrl-d', 'home', 'g', 'end', 'G', 'shift-up', 'shift-down'];
const CHANGES = ['shift-left', 'e', 'E', 'C', 'i', 'u', 'n', 'N', 'search'];

/** The same numbers from 0 to 1 at each run (a linear congruential generator). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function expectRows(terminal: Terminal, model: WalkModel, keys: readonly string[]): Promise<void> {
  const rows = model.getRows();
  const {cursorRow} = model;
  const compare = () => compareTreePane(readTreePane(terminal, COLUMNS), rows, cursorRow);
  await terminal
    .waitFor(() => compare() === null)
    .catch(() => expect.fail(`after ${keys.join(' ')}: ${compare()}\n${terminal.screen()}`));
}

async function walk(path: string, model: WalkModel, keys: Iterable<string>): Promise<void> {
  const terminal = openTerminal([path], {columns: COLUMNS, rows: ROWS});
  const pressed: string[] = [];
  try {
    await expectRows(terminal, model, ['the start']);
    for (const key of keys) {
      pressed.push(key);
      if (key.startsWith('/')) {
        terminal.type(key);
        await terminal.waitFor(screen => screen.includes(`${key}▏`));
        terminal.press('enter');
        await terminal.waitFor('End search');
        model.search(key.slice(1));
      } else if (key === 'escape') {
        // Seen to be done: together with the next key it would be Alt and that key.
        terminal.press(key);
        model.press(key);
        await terminal.waitFor(screen => !screen.includes('End search'));
      } else {
        terminal.press(key);
        model.press(key);
      }
      await expectRows(terminal, model, pressed);
    }
    terminal.press('q');
    expect(await terminal.exited).toEqual({code: 0, signal: undefined});
  } finally {
    terminal.dispose();
  }
}

function* drawKeys(model: WalkModel, seed: number, count: number): Generator<string> {
  const random = createRandom(seed);
  const pick = (choices: readonly string[]) => choices[Math.floor(random() * choices.length)]!;
  for (let step = 0; step < count; step++) {
    const kind = random();
    const key = pick(kind < 0.6 ? MOVES : kind < 0.8 ? JUMPS : CHANGES);
    if (key !== 'search') yield key;
    else yield `/${pick(model.getFunctions().filter(name => /^[\w<>]{3,20}$/.test(name)))}`;
  }
  // Whatever was searched for, the marks go and the cursor stays.
  yield '/module';
  yield 'escape';
}

// Pages of a screen of 40 rows with two lines at the bottom.
const PAGES = {page: 37, halfPage: 19};

describe('a walk with all keys shows what memray’s tree gives by the rules', () => {
  const captures = new Map(listCaptures().map(capture => [capture.name, capture]));
  for (const [seed, name] of ['nested', 'threads', 'ties', 'unicode', 'hostile', 'imports'].entries()) {
    it(name, async () => {
      const capture = captures.get(name)!;
      const model = new WalkModel(readGoldenTree(capture), PAGES);
      await walk(capture.path, model, drawKeys(model, seed + 1, 60));
    });
  }

  it('deep (as far down as the golden goes)', async () => {
    const capture = captures.get('deep')!;
    const model = new WalkModel(readGoldenTree(capture), PAGES);
    const down = Array.from({length: 8}, () => 'pagedown');
    await walk(capture.path, model, [...down, 'h', 'down', 'up', 'l', 'pageup', 'i', 'u', 'shift-left', 'g']);
  });
});
