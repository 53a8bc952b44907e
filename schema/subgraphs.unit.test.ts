import { expect, test } from 'vitest';
import { routerPort, sharedPorts } from './subgraphs.ts';

test('two processes with one default port are named', () => {
  expect(sharedPorts({ flight: 8083, payment: 8084, loyalty: 8083 })).toEqual([
    'flight and loyalty both have the port 8083: give one of them another in schema/subgraphs.ts.',
  ]);
  expect(sharedPorts({ router: routerPort, loyalty: 8088 })).toEqual([
    expect.stringContaining('router and loyalty'),
  ]);
  expect(sharedPorts({ flight: 8083, payment: 8084 })).toEqual([]);
  expect(sharedPorts()).toEqual([]);
});
