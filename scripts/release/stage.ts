// The folder that is published: the built package, with a manifest and a README for the registry.
import {cpSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** Stands in package.json for the owner of the repository, until there is one. */
const PLACEHOLDER = 'OWNER';

interface Manifest {
  readonly version: string;
  readonly homepage: string;
  readonly files: readonly string[];
  readonly scripts?: unknown;
  readonly devDependencies?: unknown;
  readonly overrides?: unknown;
  readonly allowScripts?: unknown;
}

/** What forbids to publish, one line each. `tag` is that of the commit. */
export function findObstacles(root: string, tag: string): readonly string[] {
  const {version, homepage} = readManifest(root);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const obstacles = [];
  if (tag !== `v${version}`) obstacles.push(`the tag is ${tag}, but package.json has version ${version}`);
  if (!changelog.split('\n').some(line => line.startsWith(`## ${version}`)))
    obstacles.push(`CHANGELOG.md has no heading "## ${version}"`);
  if (homepage.includes(PLACEHOLDER))
    obstacles.push(`package.json does not name the repository yet: replace ${PLACEHOLDER}`);
  return obstacles;
}

/** Fills a folder with what is published. The project must have been built. */
export function stagePackage(root: string, folder: string): void {
  const {scripts, devDependencies, overrides, allowScripts, ...manifest} = readManifest(root);
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  for (const name of [...manifest.files, 'LICENSE'])
    cpSync(join(root, name), join(folder, name), {recursive: true});
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  writeFileSync(join(folder, 'README.md'), toAbsoluteLinks(readme, manifest));
}

/**
 * Links and pictures of the repository, as they are for this version: the registry has only the text. Pictures are
 * those of `![]()` and of `<picture>`.
 */
export function toAbsoluteLinks(
  readme: string,
  {homepage, version}: Pick<Manifest, 'homepage' | 'version'>,
): string {
  const repository = homepage.replace(/#.*$/, '');
  const toAddress = (kind: 'raw' | 'blob', path: string) => `${repository}/${kind}/v${version}/${path}`;
  return readme
    .replace(
      /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)]+)\)/g,
      (_, picture, text, path) => `${picture}[${text}](${toAddress(picture ? 'raw' : 'blob', path)})`,
    )
    .replace(
      /\b(src|srcset)="(?![a-z]+:)([^"]+)"/g,
      (_, attribute, path) => `${attribute}="${toAddress('raw', path)}"`,
    );
}

function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}
