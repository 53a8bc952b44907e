import { recording } from '@airline/observability/recorded-lines';
import { expect, test } from 'vitest';
import { createOutageLog } from './outage-log.ts';

test('an outage is logged once, and its end once, whatever number of connections notice', () => {
  const { logger, lines } = recording();
  const outages = createOutageLog(logger, 'redis://one:6379');
  const connections = [{}, {}, {}];
  const said = () => lines.splice(0).map(({ level, msg, redis }) => `${level}: ${msg} ${redis}`);
  for (let round = 0; round < 3; round += 1)
    for (const connection of connections) outages.failed(connection, new Error('refused'));
  expect(said()).toEqual(['warn: Redis unavailable; events wait in the outbox redis://one:6379']);
  for (const connection of connections.slice(1)) outages.over(connection);
  expect(said()).toEqual([]);
  outages.over(connections[0] ?? {});
  outages.over(connections[0] ?? {});
  expect(said()).toEqual(['info: Redis available again redis://one:6379']);
  outages.failed(connections[0] ?? {}, new Error('refused again'));
  expect(said()).toHaveLength(1);
});
