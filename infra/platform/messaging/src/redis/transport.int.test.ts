import { requires } from '@airline/testing';
import { describe } from 'vitest';
import { transportContract } from '../transport.contract.ts';
import { useCluster, useRedis, useSentinels } from './redis.fixture.ts';

describe('the Redis transport', requires('redis-server').options, () => {
  const redis = useRedis();
  transportContract(redis.transport);
});

describe('the Redis transport with Sentinels', requires('redis-server').options, () => {
  const redis = useSentinels();
  transportContract(redis.transport);
});

describe('the Redis transport on a cluster', requires('redis-server').options, () => {
  const redis = useCluster();
  transportContract(redis.transport);
});
