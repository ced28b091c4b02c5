import {joinSafe, type Safe, sanitize} from '../format/sanitize.js';
import {getHelpGroups} from '../keymap/format-keys.js';
import type {FigureLine} from '../query/stats/figure-lines.js';
import {hasChildren} from '../tree/growth.js';
import {getRowLabel, type RowLabel} from '../tree/row-label.js';
import {showsDifferences} from './comparison.js';
import {describeAwaited, selectCrumbs} from './crumb-line.js';
import {hasLines} from './has-lines.js';
import {MENU_TITLES, type Menu, type MenuItem} from './menu.js';
import {selectNotices} from './notices.js';
import {describePercentBase, selectPercentTotal} from './percent-base.js';
import {selectArenaBytes} from './pools.js';
import type {TreeState} from './state.js';
import {selectMatchText, selectProgress, selectStatusParts} from './status.js';
import {isStripShown} from './strip-layout.js';
import {describeChosen} from './strip-text.js';
import {isTableShown} from './table-heading.js';

/**
 * The screen as sentences, one a line, for a screen reader: what is selected comes first. No panes, guides or
 * symbols.
 * @param facts what else is known of the selected node, one fact a line
 */
export function selectSpokenText(state: TreeState, facts: readonly Safe[]): readonly Safe[] {
  const {help, search, keyNote, menu} = state;
  if (help !== null) {
    const lines = getHelpGroups(help.commands, help.keymap, true).flatMap(({group, lines: entries}) => [
      `${group}.`,
      ...entries.map(({keys, help: text}) => `${keys}: ${text}.`),
    ]);
    return lines.map(line => sanitize(line));
  }
  const note = keyNote === null ? [] : [sanitize(`${keyNote}.`)];
  if (menu !== null) return [...describeMenu(state, menu), ...note];
  const found = selectMatchText(state);
  return [
    ...describeFilterPrompt(state),
    ...(search.isTyping ? [sanitize(`Search for: ${search.query}`)] : []),
    ...(found === '' ? [] : [sanitize(`Search: ${found}.`)]),
    ...note,
    ...describeCrumbs(state),
    ...(state.sheet === null ? [...describeRow(state), ...facts] : describeSheet(state.sheet)),
    ...describeStrip(state),
    ...selectNotices(state).map(({text}) => text),
    ...describeStatus(state),
  ];
}

/** `Item 2 of 8: drop fn:=main, keeps 400.000B (40.00 %).`, before it the title and what is typed. */
function describeMenu({menuItems}: TreeState, {kind, text, index}: Menu): readonly Safe[] {
  const typed = kind === 'row' ? '' : ` Typed: ${text === '' ? 'nothing' : text}.`;
  const mark = kind === 'threads' ? ', Space marks several' : '';
  return [
    sanitize(`${MENU_TITLES[kind]}.${typed}`),
    describeItem(menuItems[index], index, menuItems.length),
    sanitize(`Up and down choose${mark}, Enter takes it, Escape closes.`),
  ];
}

function describeItem(item: MenuItem | undefined, index: number, count: number): Safe {
  if (item === undefined) return sanitize('Nothing matches.');
  const detail = item.detail === '' ? '' : `, ${item.detail.replaceAll(/ +/g, ' ')}`;
  const mark = item.isMarked ? ' It is marked.' : '';
  const impossible = item.action === null ? ' It is not possible now.' : '';
  return sanitize(`Item ${index + 1} of ${count}: ${item.text}${detail}.${mark}${impossible}`);
}

/** `Filter stacks by: mod:numpy`, and why that cannot be read. */
function describeFilterPrompt({filterPrompt}: TreeState): readonly Safe[] {
  if (filterPrompt === null) return [];
  const {text, error} = filterPrompt;
  const help = text === '' ? 'A term keeps stacks, a term after a minus sign drops them.' : null;
  const note = error === null ? help : `It cannot be applied: ${error}.`;
  return [
    sanitize(`Filter stacks by: ${text}`),
    ...(note === null ? [] : [sanitize(note)]),
    sanitize('Enter applies it, Escape leaves.'),
  ];
}

/** `Time strip: heap 20.000MB at 0.25s (@500), resident memory 28.000MB.`, with its keys while they are on it. */
function describeStrip(state: TreeState): readonly Safe[] {
  if (!isStripShown(state)) return [];
  const keys =
    state.focus === 'strip'
      ? ' Left and right choose a moment, with Shift a range, Space what a range shows, Escape leaves.'
      : '';
  return [sanitize(`Time strip: ${describeChosen(state)}.${keys}`)];
}

/** `Steps: peak, through numpy: 412.000MB of 1.234GB (33.40 %).`, before it the selected one while the keys are on them. */
function describeCrumbs(state: TreeState): readonly Safe[] {
  const {crumb} = state;
  const line = selectCrumbs(state);
  if (line === null) return [];
  const steps = line.crumbs.map(({text}) => text).join(', ');
  const all = sanitize(`Steps: ${steps}: ${line.amount}.`);
  if (crumb === null) return [all];
  const {text} = line.crumbs[crumb]!;
  const keys = 'Left and right choose, Enter cuts back to it, x removes it, Escape leaves.';
  return [sanitize(`Step ${crumb + 1} of ${line.crumbs.length}: ${text}. ${keys}`), all];
}

/**
 * `Row 3 of 14: main, app.cli:43.` and `3.661MB, 99.92 % of the total. Level 1, expanded, 2 children.`; of a table
 * `3.661MB, 99.92 % of the total. Own 2.000kB, count 7. Table sorted by total.`
 */
function describeRow(state: TreeState): readonly Safe[] {
  const {filtered, cursorNode, cursorRow, rows, moduleOf, format, isFilteredOpen, matches} = state;
  const {tree} = filtered;
  const totalOf = selectPercentTotal(state);
  const label = getRowLabel(tree, cursorNode, {
    ...{moduleOf, format, hasLines: hasLines(state), totalOf},
    isTable: isTableShown(state),
    emptyText: describeAwaited(state),
    arenaBytes: selectArenaBytes(state),
  });
  const whole = describeWhole(state);
  const place = label.place === '' ? sanitize('') : joinSafe(sanitize(', '), label.place);
  const match = matches.isMatch[cursorNode] === 1 ? ' It matches the search.' : '';
  const size =
    label.size === '' ? '' : `${label.size}${describeShare(label, whole)}${describeSides(label)}. `;
  const children = countChildren(tree, cursorNode);
  const fold = isFilteredOpen[cursorNode] === 1 ? 'expanded' : 'collapsed';
  const count = children === 0 ? 'with children' : `${children} ${children === 1 ? 'child' : 'children'}`;
  const below = hasChildren(tree, cursorNode) ? `${fold}, ${count}` : 'no children';
  return [
    joinSafe(
      sanitize(`Row ${cursorRow + 1} of ${rows.length}: `),
      label.function,
      place,
      sanitize(`${label.isPool ? ', small-object pool' : ''}.${match}`),
    ),
    sanitize(`${size}${describeNumbers(state, label) ?? `Level ${tree.depth[cursorNode]}, ${below}.`}`),
  ];
}

/** What the percent of a row are of. */
function describeWhole(state: TreeState): string {
  if (showsDifferences(state)) return 'the base';
  const base = describePercentBase(state);
  return base === '' ? 'the total' : base === 'parent' ? 'its parent' : base;
}

/** Of a base of nothing, there is no share. */
function describeShare({percent, change}: RowLabel, whole: string): string {
  return change !== undefined && percent === 'new' ? '' : `, ${percent} of ${whole}`;
}

/** `, from 3.000MB to 5.000MB`, `, new`; of captures without a base how many of them stand out. */
function describeSides({change, outliers}: RowLabel): string {
  if (outliers !== undefined)
    return `, ${outliers} ${outliers === 1 ? 'capture stands' : 'captures stand'} out`;
  if (change === undefined) return '';
  const {presence, from, to, difference, isMoved} = change;
  const moved = isMoved ? ', perhaps moved' : '';
  if (presence !== 'both') return `, ${presence}${moved}`;
  return difference === null ? `, from ${from} to ${to}` : `, ${difference} since the base`;
}

/** What a row of a table shows besides; null in a tree. */
function describeNumbers({query}: TreeState, {own, count}: RowLabel): string | null {
  if (own === undefined || count === undefined) return null;
  const order = query.isReversed ? ', reversed' : '';
  return `Own ${own}, count ${count}. Table sorted by ${query.sort}${order}.`;
}

/** 0 as well where they have not been made yet. */
function countChildren({firstChild, nextSibling}: TreeState['filtered']['tree'], node: number): number {
  let count = 0;
  for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) count++;
  return count;
}

function describeSheet(sheet: readonly FigureLine[]): readonly Safe[] {
  return sheet
    .filter(line => line.length > 0)
    .map(line => joinSafe(...line.filter(({role}) => role !== 'bar').map(({text}) => text)));
}

function describeStatus(state: TreeState): readonly Safe[] {
  const progress = selectProgress(state);
  const parts = selectStatusParts(state).map(({text}) => text);
  const reading = progress === null ? [] : [joinSafe(sanitize('Reading: '), progress.text, sanitize('.'))];
  return [...reading, sanitize(`${parts.join(', ')}. Press ? for the keys.`)];
}
