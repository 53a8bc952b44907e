import { expect, test } from 'vitest';
import { unsuitability } from './suitable.ts';

const info = (fields: Readonly<Record<string, string>>) =>
  Object.entries({
    redis_version: '7.0.15',
    role: 'master',
    cluster_enabled: '0',
    maxmemory: '0',
    maxmemory_policy: 'noeviction',
    ...fields,
  })
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join('');

test.each([
  ['server', {}],
  ['server', { redis_version: '8.2.0' }],
  ['server', { maxmemory: '1000', maxmemory_policy: 'volatile-lru' }],
  ['server', { maxmemory_policy: 'allkeys-lru' }],
  ['cluster', { cluster_enabled: '1' }],
  // Sentinels may name a replica that is about to be a master.
  ['sentinel', { role: 'slave' }],
] as const)('a %s with %j will do', (kind, fields) => {
  expect(unsuitability(info(fields), kind)).toBeUndefined();
});

test.each([
  ['server', { redis_version: '6.2.14' }, 'Redis 6.2.14 is too old; 7 or newer is required'],
  ['server', { cluster_enabled: '1' }, 'use redis+cluster://'],
  ['cluster', {}, 'use redis://'],
  ['server', { role: 'slave' }, 'the server is a replica'],
  ['sentinel', { maxmemory: '1000', maxmemory_policy: 'allkeys-lfu' }, 'maxmemory-policy is allkeys-lfu'],
] as const)('a %s with %j will not: %s', (kind, fields, reason) => {
  expect(unsuitability(info(fields), kind)).toContain(reason);
});

test('what a server does not say is taken to be well', () => {
  for (const kind of ['server', 'sentinel', 'cluster'] as const)
    expect(unsuitability('', kind)).toBeUndefined();
});
