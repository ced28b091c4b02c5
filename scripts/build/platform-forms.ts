// Some modules have two forms: `name.ts` for Node, and `name.browser.ts` beside it for pages. Whatever uses one of
// them imports a name of package.json, which stands for the file that fits:
//
//   #platform   dist/node/platform.js or dist/browser/platform.js: all that have two forms, but for
//   #symbols    dist/node/symbols.js or dist/browser/symbols.js: those of src/symbols, which are loaded on demand
//
// So everything else is in the package once, for both.
import {globSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import type {Plugin} from 'rolldown';

const BROWSER = '.browser.ts';

/** The beginning of the ids of modules that are made here. */
const ENTRY = 'platform-forms:';

export interface PlatformForms {
  /** Inputs of the bundler: "node/platform", "browser/platform", … */
  readonly entries: Readonly<Record<string, string>>;
  readonly plugin: Plugin;
}

/** @param root the folder of the project */
export function createPlatformForms(root: string): PlatformForms {
  const files = globSync(`${root}/src/**/*${BROWSER}`).toSorted();
  /** By the form for Node, the name that it is imported by. */
  const names = new Map(files.map(file => [toNodeForm(file), toName(file)]));
  const listForms = (platform: string, name: string) =>
    files.filter(file => toName(file) === name).map(file => (platform === 'node' ? toNodeForm(file) : file));
  const entries = ['node', 'browser'].flatMap(platform =>
    [...new Set(names.values())].map(name => `${platform}/${name}`),
  );
  return {
    entries: Object.fromEntries(entries.map(entry => [entry, ENTRY + entry])),
    plugin: {
      name: 'platform-forms',
      resolveId: {
        filter: {id: [new RegExp(`^${ENTRY}`), toPattern([...names.keys()])]},
        async handler(source, importer) {
          if (source.startsWith(ENTRY)) return source;
          if (importer?.startsWith(ENTRY)) return null;
          const resolved = await this.resolve(source, importer, {skipSelf: true});
          const name = resolved && names.get(resolved.id);
          return name ? {id: `#${name}`, external: true} : resolved;
        },
      },
      load: {
        filter: {id: new RegExp(`^${ENTRY}`)},
        handler(id) {
          const [platform = '', name = ''] = id.slice(ENTRY.length).split('/');
          return listForms(platform, name)
            .map(file => `export * from ${JSON.stringify(file)};\n`)
            .join('');
        },
      },
    },
  };
}

const toName = (file: string): string => (basename(dirname(file)) === 'symbols' ? 'symbols' : 'platform');

const toNodeForm = (file: string): string => `${file.slice(0, -BROWSER.length)}.ts`;

/** How modules that may have two forms are imported. */
const toPattern = (files: readonly string[]): RegExp =>
  new RegExp(`/(?:${files.map(file => basename(file, '.ts')).join('|')})\\.[jt]s$`);
