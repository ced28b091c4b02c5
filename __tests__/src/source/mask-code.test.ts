import {describe, expect, test} from 'vitest';
import {createHighlightTheme} from '../../../components/source-style.js';
import {highlight} from '../../../src/ink-overrides/cli-highlight.js';
import {createLineStates} from '../../../src/source/line-states.js';
import {maskCode} from '../../../src/source/mask-code.js';

/** Masks lines `first` to `last` (from 0) of a text; lines longer than `width` are cut. */
function mask(text: string, first = 0, last = text.split('\n').length - 1, width = 1000) {
  const lines = text.split('\n');
  const states = createLineStates(lines, 'python');
  const part = lines.slice(first, last + 1);
  return maskCode(
    part.map(line => line.slice(0, width)),
    part.map((_, index) => states.getStart(first + index)),
    part.map(line => line.length > width),
    'python',
  );
}

test('plain code stays as it is', () => {
  const text = 'def f(a: int = 1, *b) -> dict[str]:\n    return {a: b - 1, "c": a > b}  # -> ok';
  expect(mask(text)).toEqual({lines: text.split('\n'), prefixLength: 0});
});

describe('what began above', () => {
  const text = 'x = f"""a\nb\nc""" + 1\nd';
  test('is opened', () => {
    expect(mask(text, 1, 2)).toEqual({lines: ['f"""b', 'c""" + 1'], prefixLength: 4});
    expect(mask(text, 3, 3)).toEqual({lines: ['d'], prefixLength: 0});
  });
});

describe('cut lines are closed after their end', () => {
  test.each([
    ['print("hello world")\nx', 10, 'print("hel ")'],
    ['print(f"{hello} world")\nx', 11, 'print(f"{he }")'],
    ['print("hello\\" world")\nx', 13, 'print("hello\\ ")'],
    ['"""hello""" + 1\nx', 5, '"""he """'],
    ['x = 1 + """hello\nx"""', 5, 'x = 1 """'],
    ['def f(a, b=1):\nx', 8, 'def f(a,)'],
    ['def f(a=(1, 2), b=1):\nx', 12, 'def f(a=(1, ))'],
    ['def f(a, b=1): return 1\nx', 18, 'def f(a, b=1): ret'],
    ['def function(a, b=1):\nx', 7, 'def fun'],
    ['x = my.def (a, b)\nx', 13, 'x = my.def (a)'],
    ['default = 1\nx', 3, 'de '],
  ])('%j', (text, width, first) => {
    expect(mask(text, 0, 1, width).lines[0]).toBe(first);
  });
});

/** The colour of each character. */
function listColors(line: string): string {
  const [plain = '', ...colored] = line.split('\u001b[');
  const colors = colored.map(text => {
    const end = text.indexOf('m');
    return `${text.slice(0, end)} `.repeat(text.length - end - 1);
  });
  return '39 '.repeat(plain.length) + colors.join('');
}

describe('where a line is cut at any column, the lines below have the colours of the whole file', () => {
  const PYTHON = [
    '@functools.lru_cache(maxsize=32768, typed=(True))',
    '@app.route("/a)b", methods=["GET"])  # (',
    'class Parser(argparse.ArgumentParser, metaclass=Meta("x")): """Doc {x}"""',
    'class Plain: x = 1',
    'def load(path, names=("a", b"c"), *, size=10) -> dict[str, int]:',
    `    text = f"{', '.join(names)} of {path!r} {{'" + f'{names["x"]:>{size}}' + "it's"`,
    '    default = lambda a: f"""{a + "b"}',
    `    it's "quoted" {default}""" if names else rb'\\''`,
    `    return {"a": 1.5, 'b': print(r"d", name='c\\'d')}  # 'don"t' (`,
    'async def later(a,',
    '                b="(", c=None): return "def f(" + a',
    'match = 1; case = "class A("; import os',
  ];
  const CPP = [
    'static const char *a = R"x(say "hi)x" + 1; int b = 2;',
    'auto c = R"(one " quote)"; char d = \'"\'; int e = 1\'000\'000;',
    '/* a comment " that */ const char *f = "text \\" (" ; // it\'s',
    'auto g = R"(over " two',
    'lines ")"; return nullptr; /* begun',
    'and ended */ template <typename T> class A : public B<T> { int f(int a, char b); };',
    'int last = 3; return last;',
  ];

  test.each([
    ['python', PYTHON],
    ['cpp', CPP],
  ] as const)('%s', (language, lines) => {
    const states = createLineStates(lines, language);
    const starts = lines.map((_, index) => states.getStart(index));
    const color = (code: readonly string[]) =>
      highlight(code.join('\n'), {language, theme: createHighlightTheme()}).split('\n').map(listColors);
    const whole = color(lines);
    for (const [index, line] of lines.entries()) {
      for (let column = 0; column < line.length; column++) {
        const cut = lines.map((each, at) => (at === index ? each.slice(0, column) : each));
        const isCut = lines.map((_, at) => at === index);
        const below = color(maskCode(cut, starts, isCut, language).lines).slice(index + 1);
        expect(below, cut[index]).toEqual(whole.slice(index + 1));
      }
    }
  });
});

test('whole lines stay as they are', () => {
  const text =
    'f"{a:#x} # {b}" "#"\ndef f[T: int, *U](\n    a=(1, (2)),\n    b: int,\n) -> int:\n    class A[T](B, metaclass=M(1)): x = (1, {2: 3})';
  expect(mask(text).lines.join('\n')).toBe(text);
});

test('every character stays in its column', () => {
  const text = 'class A(B, C(1)): """x\n{}"""\ndef f(a=(1, "(")): return f"{a:#x}"  # (';
  const {lines, prefixLength} = mask(text);
  expect(prefixLength).toBe(0);
  for (const [index, line] of text.split('\n').entries()) {
    expect(lines[index]).toHaveLength(line.length);
    for (const [at, character] of [...line].entries()) expect([character, ' ']).toContain(lines[index]![at]);
  }
});
