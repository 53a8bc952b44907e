import { ENTITIES, entitiesContract, entitiesOf } from '@airline/testing/entities';
import { serve } from '@airline/testing/serve';
import { expect, test } from 'vitest';
import { ace890 } from '../flight.fixture.ts';
import { subgraph } from '../main.ts';

const flights = Array.from({ length: ENTITIES }, (_, index) => ({ ...ace890, id: `f${index}` }));
const start = () => serve(subgraph, { rows: { flight: flights } });

entitiesContract({
  start,
  nth: (__typename: 'Flight', index) => ({ __typename, id: `f${index}` }),
  selections: [['Flight', 'id flightCode remainingSeatsCount', 1]],
});

test('flights as entities are null when unknown, and the same for repeated references', async () => {
  const representations = ['f1', 'none', 'f1'].map((id) => ({ __typename: 'Flight', id }));
  const { flightCode, remainingSeatsCount } = ace890;
  const f1 = { id: 'f1', flightCode, remainingSeatsCount };
  const selection = '... on Flight { id flightCode remainingSeatsCount }';
  expect(await entitiesOf(await start(), selection, representations)).toEqual([f1, null, f1]);
});
