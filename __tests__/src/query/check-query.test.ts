import fc from 'fast-check';
import {expect, it} from 'vitest';
import {checkQuery} from '../../../src/query/check-query.js';
import {arbitraryCase} from '../../helpers/arbitrary-query.js';

it('takes every query that can be written', () => {
  fc.assert(
    fc.property(arbitraryCase(), ({query}) => {
      checkQuery(query, 'view');
      checkQuery({...query, ofTheHost: 1}, 'view');
    }),
    {seed: 6, numRuns: 1000},
  );
});

it('refuses a query that has lost a field', () => {
  fc.assert(
    fc.property(arbitraryCase(), ({query: {select: _, ...query}}) => {
      for (const field of Object.keys(query)) {
        expect(() => checkQuery({...query, [field]: undefined}, 'view')).toThrow(`view.${field} must be`);
      }
    }),
    {seed: 7, numRuns: 100},
  );
});
