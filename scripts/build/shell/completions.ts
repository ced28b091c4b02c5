import {COMPLETED_OPTIONS, listSpellings, type Offer} from './option-values.js';

const PROGRAM = 'memray-tree-ink';

/** A script for bash, from 3.2 on. */
export function formatBash(): string {
  const cases = COMPLETED_OPTIONS.flatMap(option => {
    const {offer} = option;
    const found = offer && formatBashOffer(offer);
    return found === null ? [] : [`    ${listSpellings(option).join('|')}) ${found} ;;`];
  });
  const spellings = COMPLETED_OPTIONS.flatMap(listSpellings).join(' ');
  return `# Completes the command line of ${PROGRAM} in bash: source this file.
_memray_tree_ink() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} IFS=$'\\n'
  # bash takes --theme=dark apart.
  if [[ $word == = ]]; then word=''
  elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $before in
${cases.join('\n')}
  esac
  if [[ $word == -* ]]; then COMPREPLY=($(IFS=' ' compgen -W '${spellings}' -- "$word"))
  else COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _memray_tree_ink ${PROGRAM}
`;
}

function formatBashOffer(offer: Offer): string | null {
  switch (offer.kind) {
    case 'words':
      return `COMPREPLY=($(IFS=' ' compgen -W '${offer.words.join(' ')}' -- "$word")); return`;
    case 'folders':
      return 'COMPREPLY=($(compgen -d -- "$word")); return';
    case 'nothing':
      return 'COMPREPLY=(); return';
    case 'files':
      return 'COMPREPLY=($(compgen -f -- "$word")); return';
  }
}

/** A function for zsh, to be in a folder of its fpath as `_memray-tree-ink`. */
export function formatZsh(): string {
  const specs = COMPLETED_OPTIONS.flatMap(option => {
    const {row, offer} = option;
    const spellings = listSpellings(option);
    const isRepeatable = row.kind === 'text' && row.isRepeatable === true;
    const others = isRepeatable ? '*' : spellings.length > 1 ? `(${spellings.join(' ')})` : '';
    const text = `[${escapeZsh(row.describe)}]${row.kind === 'text' ? `:${row.value}:${offer === null ? '' : formatZshOffer(offer)}` : ''}`;
    return spellings.map(spelling => `  '${others}${spelling}${text}'`);
  });
  return `#compdef ${PROGRAM}
_arguments \\
${specs.join(' \\\n')} \\
  '*:capture:_files'
`;
}

function formatZshOffer(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      return `(${offer.words.join(' ')})`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'nothing':
      return ' ';
  }
}

function escapeZsh(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, '\\$&').replaceAll("'", "'\\''");
}

/** A script for fish. */
export function formatFish(): string {
  const lines = COMPLETED_OPTIONS.map(option => {
    const {name, row, offer} = option;
    const alias = row.alias === undefined ? '' : ` -s ${row.alias}`;
    const values = offer === null ? '' : formatFishOffer(offer);
    return `complete -c ${PROGRAM}${alias} -l ${name}${values} -d ${quoteFish(row.describe)}`;
  });
  return `# Completes the command line of ${PROGRAM} in fish.\n${lines.join('\n')}\n`;
}

function formatFishOffer(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      // An empty description after each word: else fish repeats that of the option.
      return ` -x -a ${quoteFish(offer.words.map(word => `${word}\\t`).join(' '))}`;
    case 'files':
      return ' -r -F';
    case 'folders':
      return " -x -a '(__fish_complete_directories)'";
    case 'nothing':
      return ' -x';
  }
}

function quoteFish(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
