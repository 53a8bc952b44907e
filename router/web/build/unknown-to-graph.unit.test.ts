import { expect, test } from 'vitest';
import { unknownToGraph } from './unknown-to-graph.ts';

const SUPERGRAPH = 'type Query { flights: [Flight!]! } type Flight { id: ID! }';

test('an operation for a field that is no more is named, and so is the field', () => {
  const gone = 'query Flights { flights { id gate } }';
  const faults = unknownToGraph(SUPERGRAPH, ['query Ids { flights { id } }', gone]);
  expect(faults).toEqual([expect.stringMatching(/Cannot query field "gate" on type "Flight"/)]);
  expect(faults[0]).toContain(gone);
});

test('directives of the router are known', () => {
  expect(unknownToGraph(SUPERGRAPH, ['{ flights { ... @defer { id } } }'])).toEqual([]);
});
