import {expect, test} from 'vitest';
import {demangleRustV0} from '../../../../src/symbols/demangle/rust-v0.js';

test.each([
  ['_RNvCs1234_7mycrate3foo', 'mycrate::foo'],
  ['_RNvCs1234_7mycrate3foo.llvm.123', 'mycrate::foo'],
  ['_RINvNtC3std3mem8align_ofdE', 'std::mem::align_of::<f64>'],
  ['_RINvNtC3std3mem8align_ofdEC3foo', 'std::mem::align_of::<f64>'],
  ['_RNCNvC7mycrate3foo0', 'mycrate::foo::{closure#0}'],
  ['_RNCNvC7mycrate3foos_0', 'mycrate::foo::{closure#1}'],
  ['_RNvMC3fooNtB2_1A3new', '<foo::A>::new'],
  ['_RNvXC3fooNtB2_1ANtC4core5Clone5clone', '<foo::A as core::Clone>::clone'],
  ['_RNvYNtC3foo1ANtC4core5Clone5clone', '<foo::A as core::Clone>::clone'],
  ['_RINvC1a1fTlERSjQhAhj4_PcOeE', 'a::f::<(i32,), &[usize], &mut u8, [u8; 4], *const char, *mut str>'],
  ['_RINvC1a1fFUKClEuE', 'a::f::<unsafe extern "C" fn(i32)>'],
  ['_RINvC1a1fBz_E', null],
  ['_RINvC1a1fRL0_hE', null],
  ['_RINvC1a1fB5_E', null],
  ['_RINvC1a1fFG_RL0_hERL0_hE', "a::f::<for<'a> fn(&'a u8) -> &'a u8>"],
  ['_RINvC1a1fDINtC1b1IhEp4ItemlEL_E', 'a::f::<dyn b::I<u8, Item = i32>>'],
  ['_RINvC1a1fKb1_Kc61_Kln2a_E', "a::f::<true, 'a', -42>"],
  ['_RNvC6_123foo3bar', '123foo::bar'],
  [
    '_RNvCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y',
    'utf8_idents::საჭმელად_გემრიელი_სადილი',
  ],
  ['_RNvC7mycrate', null],
  ['_RB_', null],
  ['_RINvC1a1fFK0EuE', null],
  ['_ZN1a1bE', null],
  ['_R', null],
])('%s', (mangled, expected) => {
  expect(demangleRustV0(mangled)).toBe(expected);
});
