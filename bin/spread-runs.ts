const OPTIONS: readonly string[] = ['--diff', '--against'];

/**
 * A command line with `--against` may have several captures after `--diff` and `--against`, as a shell makes them of
 * `*.bin`: each gets the option of its own. Without `--against` what follows the base is what is compared with it.
 *   --diff a.bin b.bin --against c.bin d.bin  →  --diff a.bin --diff b.bin --against c.bin --against d.bin
 */
export function spreadRuns(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  if (!options.includes('--against')) return [...joinStandardInput(options), ...argv.slice(options.length)];
  const spread: string[] = [];
  let option: string | null = null;
  for (const word of options) {
    const isValue = word === '-' || !word.startsWith('-');
    if (!isValue) option = OPTIONS.includes(word) ? word : null;
    else if (option !== null && spread.at(-1) !== option) spread.push(option);
    spread.push(word);
  }
  return [...joinStandardInput(spread), ...argv.slice(options.length)];
}

/** A value that begins with a hyphen would be taken for an option: `--diff -` → `--diff=-`. */
function joinStandardInput(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    if (OPTIONS.includes(word) && words[index + 1] === '-') return [`${word}=-`];
    return word === '-' && OPTIONS.includes(words[index - 1] ?? '') ? [] : [word];
  });
}
