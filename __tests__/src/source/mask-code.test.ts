import {describe, expect, test} from 'vitest';
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
    ['print("hello world")\nx', 10, 'print("hel "'],
    ['print(f"{hello} world")\nx', 11, 'print(f"{he }"'],
    ['print("hello\\" world")\nx', 13, 'print("hello\\ "'],
    ['"""hello""" + 1\nx', 5, '"""he """'],
    ['x = 1 + """hello\nx"""', 5, 'x = 1 """'],
    ['def f(a, b=1):\nx', 8, 'def f(a,)'],
    ['def f(a=(1, 2), b=1):\nx', 12, 'def f(a=(1, )'],
    ['def f(a, b=1): return 1\nx', 18, 'def f(a, b=1): ret'],
    ['def function(a, b=1):\nx', 7, 'def fun'],
    ['x = my.def (a, b)\nx', 13, 'x = my.def (a'],
    ['default = 1\nx', 3, 'de '],
  ])('%j', (text, width, first) => {
    expect(mask(text, 0, 1, width).lines[0]).toBe(first);
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
