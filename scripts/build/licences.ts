// The licences of the packages of which code is in what we build.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {BuildError} from './build-error.js';

export interface BundledPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** As its package.json says it. */
  readonly license: string;
}

/** The text of a package that comes without one. */
export interface SuppliedLicence {
  /** What its package.json must say. */
  readonly license: string;
  readonly text: string;
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

export const SUPPLIED_LICENCES: Readonly<Record<string, SuppliedLicence>> = {
  // The text is that of SPDX; the line above it stands in each of its files.
  'yoga-layout': {
    license: 'MIT',
    text: `MIT License\n\nCopyright (c) Meta Platforms, Inc. and affiliates.\n\n${MIT}`,
  },
};

/** What compiles to code that contains parts of the compiler's own library. */
export const COMPILERS = ['assemblyscript', 'rolldown'];

const LICENCE_FILE = /^(?:licen[cs]e|copying)(?:[.-].*)?$/i;
const NOTICE_FILE = /^notice(?:\..*)?$/i;

/** The packages that the files of some modules belong to, each once, by name and version. */
export function findPackages(moduleIds: Iterable<string>): readonly BundledPackage[] {
  const packages = new Map<string, BundledPackage>();
  for (const id of moduleIds) {
    if (!id.includes('/node_modules/')) continue;
    const found = readPackage(dirname(id));
    packages.set(`${found.name} ${found.version}`, found);
  }
  return [...packages.values()].sort(
    (a, b) => compare(a.name, b.name) || a.version.localeCompare(b.version, 'en', {numeric: true}),
  );
}

/** The package that a folder belongs to. A package.json without a name only says how its folder is read. */
export function readPackage(folder: string): BundledPackage {
  const path = join(folder, 'package.json');
  const manifest = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  if (manifest.name !== undefined && manifest.version !== undefined) {
    const {name, version, license = 'no licence named'} = manifest;
    return {folder, name, version, license};
  }
  if (dirname(folder) === folder) throw new BuildError(`no package.json above ${folder}`);
  return readPackage(dirname(folder));
}

/** All licences, equal texts once. Throws BuildError if a package has no text. */
export function formatLicences(
  packages: readonly BundledPackage[],
  supplied: Readonly<Record<string, SuppliedLicence>> = SUPPLIED_LICENCES,
): string {
  const owners = new Map<string, string[]>();
  for (const bundled of packages) {
    const text = readLicence(bundled, supplied);
    const others = owners.get(text) ?? [];
    owners.set(text, [...others, `${bundled.name} ${bundled.version} (${bundled.license})`]);
  }
  const parts = [...owners].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  const line = `${'-'.repeat(80)}\n`;
  return `memray-tree-ink contains code of these packages. Their licences:\n\n${line}${parts.join(`\n${line}`)}`;
}

function readLicence(bundled: BundledPackage, supplied: Readonly<Record<string, SuppliedLicence>>): string {
  const {folder, name, version, license} = bundled;
  const files = readdirSync(folder).sort();
  const licences = files.filter(file => LICENCE_FILE.test(file)).map(file => readText(join(folder, file)));
  const notices = files.filter(file => NOTICE_FILE.test(file)).map(file => readText(join(folder, file)));
  if (licences.length > 0) return [...licences, ...notices].join('\n\n');
  const own = supplied[name];
  if (own?.license === license) return own.text;
  throw new BuildError(
    `${name} ${version} (${license}) is bundled but has no licence text; scripts/build/licences.ts can supply it`,
  );
}

function readText(path: string): string {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
