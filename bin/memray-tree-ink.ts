#!/usr/bin/env node
// No static imports and no new syntax here: an older Node must get as far as the sentence below.
const needed = 22;
const version = process.versions.node;
// What no terminal is to get; the rest of the program has a better list, which an older Node cannot read.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about them.
const unsafe = /[\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
// The arguments as they can be typed again: Windows knows double quotes only.
const quoteArgument = (argument: string): string => {
  const word = argument.replace(unsafe, '?');
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return process.platform === 'win32' ? `"${word}"` : `'${word.replace(/'/g, "'\\''")}'`;
};
if (Number(version.split('.')[0]) < needed) {
  const words = process.argv.slice(2).map(quoteArgument);
  process.stderr.on('error', () => {});
  process.stderr.write(
    `memray-tree-ink: Node ${needed} or newer is needed, but this is Node ${version}. Without installing it: ` +
      `${['npx -p node@24 -p memray-tree-ink memray-tree-ink', ...words].join(' ')}\n`,
  );
  process.exitCode = 1;
} else {
  // Node would start its debugger at this signal, to which every program of this machine can connect. With a
  // listener it does not: the signal ends the program, as it ends others.
  const endByUser1 = (): void => {
    process.removeListener('SIGUSR1', endByUser1);
    // Whoever else listens to it ends the program as well, after some work.
    if (process.listenerCount('SIGUSR1') === 0) process.kill(process.pid, 'SIGUSR1');
  };
  process.on('SIGUSR1', endByUser1);
  import('./main.js').then(({main}) => main());
}

export {};
