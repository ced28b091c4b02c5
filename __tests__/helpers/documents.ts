import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {projectRoot} from './terminal.js';

/** A fenced block of a document. */
export interface Block {
  /** The document and the line: `docs/keys.md:12`. */
  readonly at: string;
  readonly page: string;
  readonly language: string;
  /** What follows the language, for the tests only: `shows="<ROOT>"`. */
  readonly facts: ReadonlyMap<string, string>;
  readonly code: string;
}

/** A link, or a picture, of a document. */
export interface Link {
  readonly at: string;
  readonly page: string;
  readonly target: string;
}

/** The pages for users: the README and all of docs/. */
export function listPages(): readonly string[] {
  const names = readdirSync(join(projectRoot, 'docs')).filter(name => name.endsWith('.md'));
  return ['README.md', ...names.sort().map(name => `docs/${name}`)];
}

export function readPage(page: string): string {
  return readFileSync(join(projectRoot, page), 'utf8');
}

/** The fenced blocks of all pages for users. */
export function listAllBlocks(): readonly Block[] {
  return listPages().flatMap(page => listBlocks(page, readPage(page)));
}

/** @throws Error where a block is never closed */
export function listBlocks(page: string, text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: (Omit<Block, 'code'> & {readonly lines: string[]}) | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^ *```(.*)$/.exec(line);
    if (fence && open) {
      const {lines, ...block} = open;
      blocks.push({...block, code: lines.map(each => `${each}\n`).join('')});
      open = null;
    } else if (fence) {
      const [, language, facts] = /^(\w*) *(.*)$/.exec(fence[1]!)!;
      open = {at: `${page}:${index + 1}`, page, language: language!, facts: readFacts(facts!), lines: []};
    } else {
      open?.lines.push(line);
    }
  }
  if (open) throw new Error(`${open.at}: the block is never closed`);
  return blocks;
}

function readFacts(text: string): ReadonlyMap<string, string> {
  const facts = text.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))/g);
  return new Map(Array.from(facts, ([, name, quoted, plain]) => [name!, quoted ?? plain!]));
}

/** Links and pictures, in Markdown and in HTML, outside of code. */
export function listLinks(page: string): readonly Link[] {
  return listProse(page).flatMap(({at, text}) => {
    const found = text.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g);
    return Array.from(found, ([, markdown, html]) => ({at, page, target: markdown ?? html!}));
  });
}

/** The ends of links to the headings of a document, as GitHub makes them. */
export function listAnchors(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const {text} of listProse(page, false)) {
    const heading = /^#+ (.*)$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const kept = heading.toLowerCase().replace(/[^\p{L}\p{N}\p{M} _-]/gu, '');
    const anchor = kept.replaceAll(' ', '-');
    let each = anchor;
    for (let count = 1; anchors.has(each); count++) each = `${anchor}-${count}`;
    anchors.add(each);
  }
  return anchors;
}

/** The lines that are no code. */
function listProse(
  page: string,
  leavesOutSpans = true,
): readonly {readonly at: string; readonly text: string}[] {
  let isCode = false;
  return readPage(page)
    .split('\n')
    .flatMap((line, index) => {
      const isFence = /^ *```/.test(line);
      if (isFence) isCode = !isCode;
      if (isFence || isCode) return [];
      // Code in a link's text is no matter: the link stays.
      const text = leavesOutSpans ? line.replace(/`[^`]*`/g, '') : line;
      return [{at: `${page}:${index + 1}`, text}];
    });
}
