import {formatBytes, formatPercent} from '../../format/numbers.js';
import {getHeatColor} from '../../style/heat.js';
import {getDifference} from '../../tree/compared-nodes.js';
import {type ChangeText, describeChange} from '../change-text.js';
import {chooseChangeColor} from './change-color.js';
import {createElement, createScheduler, openPane} from './elements.js';
import type {PageState} from './page-state.js';

const LEVEL_HEIGHT = 18;
/** Bars that are narrower than so many pixels are not drawn. */
const MIN_WIDTH = 1.5;
/** Levels that are drawn above and below those in sight. */
const MORE_LEVELS = 5;

interface Bar {
  readonly node: number;
  /** From 0 to 1. */
  readonly left: number;
  readonly width: number;
}

/**
 * Draws what is below the zoomed node, the root at the top: the width of a bar is what its node holds. Of a comparison
 * that is what is compared, as in the flame graphs of difffolded.pl, or the base: what is gone has a width there alone.
 */
export class FlameGraph {
  readonly #pane: HTMLElement;
  readonly #space: HTMLElement;
  readonly #state: PageState;
  readonly #draw = createScheduler(() => this.#drawBars());

  constructor(pane: HTMLElement, state: PageState) {
    this.#pane = pane;
    this.#state = state;
    this.#space = openPane(pane, {
      draw: this.#draw,
      click: event => this.#click(event),
      press: event => this.#press(event),
    });
    state.onChange(this.#draw);
    this.#drawBars();
  }

  #drawBars(): void {
    const {clientHeight, clientWidth, scrollTop} = this.#pane;
    const levels = this.#listLevels(MIN_WIDTH / Math.max(clientWidth, 1));
    const first = Math.max(0, Math.floor(scrollTop / LEVEL_HEIGHT) - MORE_LEVELS);
    const last = Math.ceil((scrollTop + clientHeight) / LEVEL_HEIGHT) + MORE_LEVELS;
    this.#space.style.height = `${levels.length * LEVEL_HEIGHT}px`;
    const bars = levels
      .slice(first, last)
      .flatMap((level, index) => level.map(bar => this.#createBar(bar, first + index)));
    this.#space.replaceChildren(...bars);
  }

  /** The zoomed node with all above it, then what is below, level by level. */
  #listLevels(minWidth: number): readonly (readonly Bar[])[] {
    const {tree, zoomed, widths} = this.#state;
    const above: Bar[][] = [];
    for (let node = zoomed; node >= 0; node = tree.prefix[node]!) above.push([{node, left: 0, width: 1}]);
    const levels = above.reverse();
    const total = widths[zoomed]!;
    for (let level = levels.at(-1)!; total > 0 && level.length > 0; ) {
      const next: Bar[] = [];
      for (const {node, left} of level) {
        let at = left;
        for (let child = tree.firstChild[node]!; child >= 0; child = tree.nextSibling[child]!) {
          const width = widths[child]! / total;
          if (width >= minWidth) next.push({node: child, left: at, width});
          at += width;
        }
      }
      if (next.length > 0) levels.push(next);
      level = next;
    }
    return levels;
  }

  #createBar({node, left, width}: Bar, level: number): HTMLElement {
    const {tree, isMatch, selected, zoomed} = this.#state;
    const {name, file} = this.#state.getNames(node);
    const change = describeChange(tree, node);
    const size = change?.difference ?? formatBytes(tree.bytes[node]!);
    const share = change?.percent ?? formatPercent(tree.bytes[node]!, tree.bytes[0]!);
    const bar = createElement('div', 'bar', change === null ? name : `${name} ${size}`);
    bar.id = `bar-${node}`;
    bar.title = [name, file, `${size} (${share})`, ...(change ? [describeSides(change)] : [])]
      .filter(text => text !== '')
      .join('\n');
    bar.setAttribute('role', 'img');
    bar.setAttribute('aria-label', [name, size, share, change?.mark].filter(Boolean).join(' '));
    bar.classList.toggle('selected', node === selected);
    bar.classList.toggle('match', isMatch[node] === 1);
    bar.classList.toggle('above', tree.depth[node]! < tree.depth[zoomed]!);
    bar.style.top = `${level * LEVEL_HEIGHT}px`;
    bar.style.left = `${left * 100}%`;
    bar.style.width = `${width * 100}%`;
    if (isMatch[node] === 0) {
      bar.style.background =
        change === null
          ? chooseColor(name + file, tree.bytes[node]! / tree.bytes[0]!)
          : chooseChangeColor(getDifference(tree, node), this.#state.greatestDifference);
    }
    return bar;
  }

  #click({target}: MouseEvent): void {
    if (!(target instanceof Element)) return;
    const bar = target.closest('.bar');
    if (bar !== null) this.#state.zoom(Number(bar.id.slice('bar-'.length)));
  }

  #press(event: KeyboardEvent): void {
    const node = this.#findNext(event.key);
    if (node === null) return;
    event.preventDefault();
    if (event.key === 'Enter' || event.key === 'Escape') this.#state.zoom(node);
    else if (node >= 0) this.#state.select(node);
    this.#showSelected();
  }

  /** The node that a key goes to; −1 where there is none, null for keys that go nowhere. */
  #findNext(key: string): number | null {
    const {tree, selected} = this.#state;
    switch (key) {
      case 'ArrowUp':
        return tree.prefix[selected]!;
      case 'ArrowDown':
        return tree.firstChild[selected]!;
      case 'ArrowRight':
        return tree.nextSibling[selected]!;
      case 'ArrowLeft': {
        let before = tree.firstChild[Math.max(0, tree.prefix[selected]!)]!;
        if (before === selected || selected === 0) return -1;
        while (tree.nextSibling[before] !== selected) before = tree.nextSibling[before]!;
        return before;
      }
      case 'Enter':
        return selected;
      case 'Escape':
        return 0;
      default:
        return null;
    }
  }

  #showSelected(): void {
    const top = this.#state.tree.depth[this.#state.selected]! * LEVEL_HEIGHT;
    const {scrollTop, clientHeight} = this.#pane;
    if (top < scrollTop || top + LEVEL_HEIGHT > scrollTop + clientHeight) {
      this.#pane.scrollTop = top - clientHeight / 2;
    }
  }
}

function describeSides({compared, base, mark}: ChangeText): string {
  return mark === '' ? `${base} → ${compared}` : mark;
}

/** The hue of its share, and a brightness by its name, so that neighbours can be told apart. */
function chooseColor(name: string, share: number): string {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (hash * 31 + name.charCodeAt(at)) >>> 0;
  const lift = 0.35 + (hash % 100) / 400;
  const color = getHeatColor(Math.trunc(share * 100), 'dark').map(channel =>
    Math.round(channel + (255 - channel) * lift),
  );
  return `rgb(${color.join(',')})`;
}
