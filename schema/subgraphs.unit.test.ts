import { expect, test } from 'vitest';
import { otherPorts, sharedPorts } from './subgraphs.ts';

test('two processes with one default port are named', () => {
  expect(sharedPorts({ flight: 8083, payment: 8084, loyalty: 8083 })).toEqual([
    'flight and loyalty both have the port 8083: give one of them another in schema/subgraphs.ts.',
  ]);
  expect(sharedPorts({ ...otherPorts, loyalty: 8090 })).toEqual([
    expect.stringContaining('issuer and loyalty'),
  ]);
  expect(sharedPorts({ flight: 8083, payment: 8084 })).toEqual([]);
  expect(sharedPorts()).toEqual([]);
});
