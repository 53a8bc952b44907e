import { requires } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ended, outcome } from './exit-outcome.fixture.ts';
import { useCluster, useSentinels } from './redis/redis.fixture.ts';

describe.each([
  ['Sentinels', useSentinels],
  ['a cluster', useCluster],
] as const)(
  'a process with %s that has closed all that it started',
  requires('redis-server').options,
  (_, use) => {
    const redis = use();

    test.each(['at once', 'after delivery'])('ends by itself: %s', async (when) => {
      expect(await outcome(redis.running().url, when)).toEqual(ended);
    });

    test('ends by itself when Redis does not reply', async () => {
      for (const server of redis.running().servers) {
        server.pause();
        onTestFinished(() => server.resume());
      }
      expect(await outcome(redis.running().url, 'at once')).toEqual(ended);
    });
  },
);
