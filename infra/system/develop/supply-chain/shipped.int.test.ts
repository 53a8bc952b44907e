import { beforeAll, expect, test } from 'vitest';
import { licenceFaults, policy } from './licences.ts';
import { type ShippedPackage, shippedPackages } from './shipped.ts';

let packages: readonly ShippedPackage[];

beforeAll(async () => {
  packages = await shippedPackages();
});

test('all that images hold is found, and nothing that only tests and tools use', () => {
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['fastify', 'pg', 'react-dom', '@apollo/query-planner']));
  expect(names.filter((name) => ['vitest', 'playwright-core', '@biomejs/biome'].includes(name))).toEqual([]);
});

test('each is under a licence that is allowed; without the exceptions, some are not', () => {
  expect(licenceFaults(packages)).toEqual([]);
  expect(licenceFaults(packages, { ...policy, exceptions: {} })).toContainEqual(
    expect.stringMatching(/^@apollo\/query-planner@\S+ has the licence Elastic-2.0/),
  );
});
