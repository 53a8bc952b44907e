import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { ace890 } from '../flight.fixture.ts';
import { subgraph } from '../main.ts';

const PARENTS = 50;
const flights = Array.from({ length: PARENTS }, (_, index) => ({ ...ace890, id: `f${index}` }));

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Flight { id flightCode remainingSeatsCount } }
}`;

const representations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ __typename: 'Flight', id: `f${index}` }));

describe('flights as entities', () => {
  test('take one statement, regardless of their number', async () => {
    const { ask, selects } = await serve(subgraph, { rows: { flight: flights } });
    for (const count of [5, PARENTS]) {
      const asking = async () => {
        expect(await ask(ENTITIES, { representations: representations(count) })).toEqual({
          data: {
            _entities: flights
              .slice(0, count)
              .map(({ id, flightCode, remainingSeatsCount }) => ({ id, flightCode, remainingSeatsCount })),
          },
        });
      };
      expect(await selects(asking)).toHaveLength(1);
    }
  });

  test('control: one by one, each takes its own statement', async () => {
    const { ask, selects } = await serve(subgraph, { rows: { flight: flights } });
    const oneByOne = async () => {
      for (const one of representations(PARENTS)) await ask(ENTITIES, { representations: [one] });
    };
    expect(await selects(oneByOne)).toHaveLength(PARENTS);
  });

  test('are null when unknown, and the same for repeated references', async () => {
    const { ask } = await serve(subgraph, { rows: { flight: flights } });
    const { data } = await ask<{ _entities: unknown[] }>(ENTITIES, {
      representations: ['f1', 'none', 'f1'].map((id) => ({ __typename: 'Flight', id })),
    });
    expect(data?._entities).toMatchObject([{ id: 'f1' }, null, { id: 'f1' }]);
  });
});
