import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {demangle} from '../../../../src/symbols/demangle/demangle.js';
import {capturesDirectory} from '../../../helpers/captures.js';

type Pair = readonly [mangled: string, expected: string];

/**
 * What g++ made of a program of odd corners, and names of well-known libraries, as libstdc++ 12 demangles
 * them.
 */
const chosen: readonly Pair[] = readLines(
  fileURLToPath(new URL('../../../fixtures/symbols/demangled.tsv', import.meta.url)),
).map(line => line.split('\t') as unknown as Pair);

function readLines(path: string): string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

/** All names there are: the chosen ones, and thousands where a larger collection is at hand. */
function readAll(): readonly Pair[] {
  const directory = capturesDirectory && join(capturesDirectory, '../demangle');
  if (!directory || !existsSync(directory)) return chosen;
  const expected = readLines(join(directory, 'expected.txt'));
  return [
    ...chosen,
    ...readLines(join(directory, 'mangled.txt')).map((name, at): Pair => [name, expected[at]!]),
  ];
}

describe('names libstdc++ knows', () => {
  test('come out as it writes them', () => {
    expect(chosen.length).toBeGreaterThan(300);
    const differing = chosen.filter(([mangled, expected]) => demangle(mangled) !== expected);
    expect(differing).toEqual([]);
  });

  test('are right or stay as they are, in any collection', () => {
    const all = readAll();
    const differing = all.filter(([mangled, expected]) => demangle(mangled) !== expected);
    expect(differing.filter(([mangled]) => demangle(mangled) !== mangled)).toEqual([]);
    expect(differing.length).toBeLessThanOrEqual(all.length * 0.005);
  });
});

describe('forms', () => {
  test.each([
    ['_Z1fv', 'f()'],
    ['_Z1fv.part.0.cold', 'f() [clone .part.0] [clone .cold]'],
    ['_Z1fv._omp_fn.0', 'f() [clone ._omp_fn.0]'],
    ['_Z1fv.llvm.12345', 'f() [clone .llvm.12345]'],
    ['_ZN12_GLOBAL__N_11fEv', '(anonymous namespace)::f()'],
    ['_ZN4core3ptr13drop_in_place17h0123456789abcdefE', 'core::ptr::drop_in_place::h0123456789abcdef'],
    ['_ZN1AC1Ev', 'A::A()'],
    ['_ZNSsC1Ev', 'std::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string()'],
    ['_ZNK1AcviEv', 'A::operator int() const'],
    ['_Zli3_kme', 'operator"" _km(long double)'],
    ['_Z1fPFivE', 'f(int (*)())'],
    ['_Z1fPFPFivEvE', 'f(int (*(*)())())'],
    ['_Z1fRA3_KA2_i', 'f(int const (&) [3][2])'],
    ['_Z1fM1AKFiiRE', 'f(int (A::*)(int) const &)'],
    ['_Z1fPDoFvvE', 'f(void (*)() noexcept)'],
    ['_Z1fIJidEEvDpT_', 'void f<int, double>(int, double)'],
    ['_Z1fIJEEvDpT_', 'void f<>()'],
    ['_Z1fIXsr1AE1BEEvv', 'void f<A::B>()'],
    ['_Z1fIXsr1A1BEEvv', 'void f<A::B>()'],
    ['_Z1fIiEDTpp_fp_ET_', 'decltype (++{parm#1}) f<int>(int)'],
    ['_Z1fIiEDTppfp_ET_', 'decltype ({parm#1}++) f<int>(int)'],
    ['_Z1fIXadL_ZN1A1gEiEEEvv', 'void f<&A::g>()'],
    ['_ZZ1fvEs_0', 'f()::string literal'],
    ['_ZZN1A1fEiEd_NKUlvE_clEv', 'A::f(int)::{default arg#1}::{lambda()#1}::operator()() const'],
    ['_ZZ1fvENKR1A1gEv', 'f()::A::g() const &'],
    ['_ZN1BCI21AEi', 'B::A(int)'],
    ['_Z1fI1AIiEJEEvv', 'void f<A<int>>()'],
    ['_Z1fILDnEEvv', 'void f<decltype(nullptr)>()'],
    ['_ZThn8_N1A1fEv', 'non-virtual thunk to A::f()'],
    ['_ZTC1A8_1B', 'construction vtable for B-in-A'],
    ['_Z5caféi', 'café(int)'],
  ])('%s', (mangled, expected) => {
    expect(demangle(mangled)).toBe(expected);
  });
});

describe('what is no name, or no name we are sure of,', () => {
  test.each([
    '',
    'main',
    '_Z',
    '_ZN',
    '_Z1',
    '_Z2f',
    '_Z9fv',
    '_ZS_v',
    '_Z1fT_',
    '_Z1fS0_',
    '_Z1fv.',
    '_Z1fvE',
    '_Z1f\ufffdv',
    '_RNvC1a1b',
    '__Z1fv',
    '_Z99999999999999999999f',
  ])('comes back as it is: %s', name => {
    expect(demangle(name)).toBe(name);
  });

  test('is most of what is left of a name that is cut', () => {
    for (const [mangled] of chosen.slice(0, 60)) {
      for (let length = 0; length < mangled.length; length++) {
        const cut = mangled.slice(0, length);
        expect([cut, expect.not.stringContaining('_Z')]).toContainEqual(demangle(cut));
      }
    }
  });
});
