import { expect, test } from 'vitest';
import { refuseSharedPorts, routerPort } from './subgraphs.ts';

test('two processes with one default port are refused by name', () => {
  expect(() => refuseSharedPorts({ flight: 8083, payment: 8084, loyalty: 8083 })).toThrow(
    'flight and loyalty both have the port 8083',
  );
  expect(() => refuseSharedPorts({ router: routerPort, loyalty: 8088 })).toThrow('router and loyalty');
  expect(() => refuseSharedPorts({ flight: 8083, payment: 8084 })).not.toThrow();
});
