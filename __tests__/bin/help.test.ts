import {describe, expect, test} from 'vitest';
import {OPTION_ROWS} from '../../bin/cli-table.js';
import {formatHelp, formatOptionTable} from '../../bin/help.js';
import {readPage} from '../helpers/documents.js';

describe('the help', () => {
  test('groups the options, names their values, and has examples and exit codes', () => {
    expect(formatHelp()).toMatchInlineSnapshot(`
      "Usage: memray-tree-ink [options] FILE...
             memray-tree-ink [options] --live PORT

      Shows which calls of a Python program held its memory, as a tree, from a capture
      that memray recorded. FILE is a capture, which may be compressed with gzip or
      zstd, or - for standard input. Several captures make one tree with a node for
      each process.

      What to show:
        -b, --biggest-allocs N      show only the N largest allocation locations
                                    (default: 200, with --diff all)
            --leaks                 show memory that was never freed, instead of the
                                    peak
            --temporary-allocation-threshold N
                                    show temporary allocations, instead of the peak:
                                    those freed after at most N other allocations of
                                    the same thread
            --temporary-allocations
                                    the same as --temporary-allocation-threshold 1
            --view STEPS            steps from the capture to the tree, such as
                                    'through:mod:numpy root:load by:function
                                    inverted'; of several shapes, levels or orders,
                                    here or in other options, the last one counts
            --through TERM          only stacks with a frame whose function, file or
                                    module holds TERM (the step through:TERM)
            --drop TERM             only stacks without such a frame (the step
                                    drop:TERM)
            --root TERM             each outermost frame that matches is a child of
                                    the root (the step root:TERM)
            --inverted              innermost frames first, their callers below
            --flat                  a table of all functions: total, own and counts
            --places                a table of the places that allocated, with the
                                    allocator and the mean size of their blocks
            --stats                 the whole run in figures: totals, sizes,
                                    allocators, top places and modules
            --ignore FILE           suppress known leaks: FILE has lines such as
                                    leak:linecache.*; what matches is one row (the
                                    step ignore:TERM; can be given several times)
            --no-pools              leave out memory that Python mapped for small
                                    objects of any place (the step hide:pools)
            --by LEVEL              which frames are the same: line (default),
                                    function, file, module or package
            --sort KEY              order of siblings and rows: total (default), own,
                                    count, mean or name
            --whole-peak            count the smaller locations too, in a row of their
                                    own (as memray does)
            --hide-import-system    start with the import system hidden (key i); not
                                    with --json, --csv
            --show-uninteresting    start with uninteresting frames shown (key u); not
                                    with --json, --csv
            --over-time             start with what each row held over time, on the
                                    screen (key O)
            --python-only           leave out native frames
            --normalize             with --diff: scale the base, so that it has as
                                    much in all as what is compared with it (the step
                                    normalize)

      What to read:
            --follow                read a capture while it is being written, or wait
                                    for it; the tree grows, and key v shows what is
                                    allocated now
            --live PORT             read from a running program instead of a file: one
                                    started with memray run --live-remote --live-port
                                    PORT
            --merge                 add several captures up to one tree, instead of
                                    one node for each process; with --diff: those of
                                    each side
            --diff BASE             show what changed since the capture BASE; with
                                    --against several captures: --diff BASE… --against
                                    FILE…
            --against FILE          with --diff: several runs to compare with the
                                    bases; medians are shown, and noise is left out
            --compare               show several captures side by side: the median of
                                    each node, its spread, and captures that stand out
            --map-function OLD=NEW  with --diff: the function OLD of the base is
                                    called NEW now (can be given several times)
            --symbols DIR           folder with the programs and libraries of the
                                    recorded machine, for the names of native frames
            --path-map FROM=TO      look for source files recorded below FROM in TO,
                                    and take them for the same in --diff (can be given
                                    several times)
            --source-root DIR       look for source files in this folder first

      Output:
            --text                  print the tree as text and exit (default if
                                    standard output is not a terminal)
            --json                  print the whole tree as JSON and exit
            --depth N               print at most N levels below the root
            --limit N               print at most N rows of a table or a tree, or of
                                    each list of --stats (default: 5), and how many
                                    more there are
            --csv                   print a table (--flat, --places, imports,
                                    lines:FILE) as comma-separated values and exit
            --timeline              print heap and resident memory in the course of
                                    the run (text, --json or --csv), and exit
            --export FORMAT         write all locations of the view for another
                                    program: html, speedscope, pprof, folded, csv or
                                    gprof2dot
            --with-source           with --export html: also the source lines of the
                                    frames, as far as their files are here
        -o, --output FILE           write to FILE, or to standard output (-): JSON
                                    with --json or if its name ends in .json, else
                                    text
            --save FILE             with --live: save the recording in FILE as it is
                                    received (or later, by key W)
        -f, --force                 overwrite FILE if it exists
            --color WHEN            color the text: auto (default), always or never
            --no-color              the same as --color never

      Gates:
            --fail-above SIZE       print, and exit with 4 if the view keeps more than
                                    SIZE, such as 50MB
            --fail-growth LIMIT     with --diff: exit with 4 if the view has grown by
                                    more, such as 2MB or 5% of the base
            --budget FILE           print which budgets of FILE (JSON) are kept,
                                    instead of a tree, and exit with 4 if one is not
            --junit FILE            write the verdicts of the gates to FILE too, as a
                                    JUnit report
            --annotations           print failed gates also as annotations for GitHub
                                    Actions
            --allow-unfinished      judge captures without an end mark, of processes
                                    that were killed, by what they hold

      Screen:
            --theme THEME           colors for a dark or a light background, of high
                                    contrast, or none: auto (default), dark, light,
                                    contrast, contrast-light or mono
            --ascii                 use no emoji and no box-drawing characters
            --no-mouse              leave the mouse to the terminal
            --no-links              make no location a link for the terminal to open
            --inline                do not use the alternate screen

      Other:
        -h, --help                  show this help
        -V, --version               show the version

      Examples:
        memray run -o results.bin app.py       record a program with memray
        memray-tree-ink results.bin            explore what it held at its peak
        memray-tree-ink --leaks results.bin    explore what it never freed
        memray-tree-ink -o tree.json results.bin
        memray-tree-ink --follow results.bin   while the program is running

      Exit codes:
        0    success
        1    a capture could not be read, or the output not written
        2    wrong command line
        3    text or JSON of a damaged capture: everything before the damage;
             with a gate, also a capture without an end mark
        4    a gate has failed: --fail-above, --fail-growth or --budget
        130  ended by Ctrl+C; 128 + N: ended by signal N"
    `);
  });

  test.each([undefined, 80, 200, 60, 40])('keeps to a width of %s, but not to more than 80', columns => {
    const widths = formatHelp(columns)
      .split('\n\n')
      .filter(part => !/^(?:Usage|Examples|Exit codes):/.test(part))
      .flatMap(part => part.split('\n').map(line => line.length));
    expect(Math.max(...widths)).toBeLessThanOrEqual(Math.min(80, columns ?? 80));
    const all = formatHelp(columns).split('\n');
    expect(Math.max(...all.map(line => line.length))).toBeLessThanOrEqual(80);
  });

  test('has every option', () => {
    for (const [name] of OPTION_ROWS) expect(formatHelp()).toMatch(new RegExp(`--${name}(?= |\\n)`));
  });
});

test('docs/command-line.md has the option table that the command line gives', () => {
  expect(readPage('docs/command-line.md')).toContain(formatOptionTable());
});
