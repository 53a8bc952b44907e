import { describe, expect, test } from 'vitest';
import type { SubgraphServer } from './serve.ts';

/** Any federated key: `{ __typename: 'Flight', id: 'f1' }`. */
type Representation = Readonly<Record<string, unknown>>;

/** Reads entities by their representations; fails on any error. */
export async function entitiesOf(
  { ask }: Pick<SubgraphServer, 'ask'>,
  selection: string,
  representations: readonly Representation[],
): Promise<readonly unknown[] | undefined> {
  const { data, errors } = await ask<{ _entities: unknown[] }>(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
    { representations },
  );
  expect(errors).toBeUndefined();
  return data?._entities;
}

export interface EntitiesContract<Type extends string> {
  readonly start: () => Promise<SubgraphServer>;
  /** The representation of the nth entity, from 0; each of the first `ENTITIES` exists. */
  readonly nth: (type: Type, index: number) => Representation;
  /** Types, fields, and the statements that they take; the first is also read one by one, as a control. */
  readonly selections: readonly [Selection<Type>, ...Selection<Type>[]];
  /** Selects that the service makes by itself. */
  readonly upkeep?: RegExp;
}

type Selection<Type extends string> = readonly [type: Type, fields: string, statements: number];

/** How many entities the contract reads at once. */
export const ENTITIES = 50;

/** Declares the tests that reading many entities takes as many statements as reading a few. */
export function entitiesContract<Type extends string>(contract: EntitiesContract<Type>): void {
  const { start, nth, selections, upkeep } = contract;

  async function read(server: SubgraphServer, [type, fields]: Selection<Type>, from: number, to: number) {
    const all = Array.from({ length: ENTITIES }, (_, index) => nth(type, index)).slice(from, to);
    const found = await entitiesOf(server, `... on ${type} { ${fields} }`, all);
    expect(found?.filter(Boolean)).toHaveLength(to - from);
  }

  describe('the number of statements does not grow with that of the entities', () => {
    test.each(selections)('%s { %s }', async (...selection) => {
      const server = await start();
      for (const count of [5, ENTITIES]) {
        const statements = await server.selects(() => read(server, selection, 0, count), upkeep);
        expect(statements).toHaveLength(selection[2]);
      }
    });

    test('control: one by one, each takes its own statements', async () => {
      const server = await start();
      const oneByOne = async () => {
        for (let index = 0; index < ENTITIES; index += 1) await read(server, selections[0], index, index + 1);
      };
      expect(await server.selects(oneByOne, upkeep)).toHaveLength(selections[0][2] * ENTITIES);
    });
  });
}
