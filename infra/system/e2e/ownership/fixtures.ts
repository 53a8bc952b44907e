import { type Service, services } from '@airline/schema/events';
import { present } from '@airline/testing';
import type { OwnershipFixture } from '@airline/testing/ownership';

const fixtures = new Map(
  await Promise.all(
    services.map(async (name): Promise<[Service, OwnershipFixture]> => {
      const file = new URL(`../../../../subgraphs/${name}/src/ownership.fixture.ts`, import.meta.url);
      return [name, await import(file.href)];
    }),
  ),
);

/** What a subgraph says of its rows and fields. */
export const fixtureOf = (name: Service): OwnershipFixture => present(fixtures.get(name), name);
