import {
  type PostgresServer,
  present,
  requires,
  type Subscribed,
  startPostgresServer,
} from '@airline/testing';
import type { SubgraphServer } from '@airline/testing/serve';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparable } from './comparable.ts';
import { anySelection, type Selection } from './operations.ts';
import { schemaOf, serveWorld } from './subgraphs.fixture.ts';
import {
  AT,
  anyWorld,
  type Customer,
  callers,
  customers,
  markOf,
  reservationIds,
  type Who,
  type World,
} from './world.ts';

// Random subscriptions of random callers, live and replayed, while customers' data changes. What is pushed to a customer is what
// would be pushed if there were nobody else, and those who read all are pushed what everyone is.

const WORLDS = 2;
const SUBSCRIPTIONS = 60;

let postgres: PostgresServer | undefined;
beforeAll(async () => {
  postgres = await startPostgresServer();
});
afterAll(() => postgres?.[Symbol.asyncDispose]());

/** A change of one customer's data, which is pushed once. */
interface Change {
  readonly owner: Customer;
  /** Of the reservation. */
  readonly id: string;
  readonly mutation: string;
}

/** What is subscribed to, and what of it a subscription asks for. */
interface Asked extends Partial<Readonly<Record<'id' | 'customerId', string>>> {
  readonly who: Who;
  readonly selection: Selection;
}

const isCustomer = (name: Who): name is Customer => customers.some((each) => each === name);

/** Whether what is a customer's is for this subscription. */
const isFor = ({ who, id, customerId }: Asked, change: Pick<Change, 'owner' | 'id'>): boolean =>
  (id ?? change.id) === change.id &&
  (customerId ?? change.owner) === change.owner &&
  (!isCustomer(who) || who === change.owner);

/** With which code a subscription is refused, whether there is such a customer or not. */
function refusalOf({ who, customerId }: Asked): string | undefined {
  if (callers[who].roles.length === 0) return 'UNAUTHENTICATED';
  return isCustomer(who) && customerId !== undefined && customerId !== who ? 'FORBIDDEN' : undefined;
}

const anyone = fc.option(fc.constantFrom<string>(...customers, 'nobody'), { nil: undefined });
const who = fc.constantFrom(...(Object.keys(callers) as Who[]));

const cancellations = (world: World): readonly Change[] =>
  world.flatMap(({ owner, status }, index) => {
    const id = present(reservationIds[index], 'id');
    const mutation = `mutation { cancelReservation(input: { id: "${id}" }) { reservation { id } } }`;
    return status === 'CANCELED' ? [] : [{ owner, id, mutation }];
  });

const placements: readonly Change[] = (['kim', 'lee', 'kim'] as const).map((owner, index) => {
  const id = `0190a3c4-0000-7000-8000-00000000000${index}`;
  const facts = `flightId: "f1", seatQty: 1, reserveDate: "2024-11-2${index}", placedAt: "${AT}"`;
  const input = `{ id: "${id}", customerId: "${owner}", ${facts} }`;
  return { owner, id, mutation: `mutation { replayReservations(input: [${input}]) }` };
});

const subjects = [
  {
    name: 'reservation',
    field: 'reservationUpdated',
    type: 'Reservation',
    args: fc.record({
      id: fc.option(fc.constantFrom(...reservationIds), { nil: undefined }),
      customerId: anyone,
    }),
    changes: cancellations,
    /** What is pushed first. */
    first: (asked: Asked, world: World) =>
      asked.id === undefined
        ? 0
        : world.filter(({ owner }, index) => isFor(asked, { owner, id: reservationIds[index] ?? '' })).length,
  },
  {
    name: 'dashboard',
    field: 'customerInfoUpdated',
    type: 'CustomerInfo',
    args: fc.record({ customerId: anyone }),
    changes: () => placements,
    first: (asked: Asked, world: World) => {
      const named = asked.customerId ?? (isCustomer(asked.who) ? asked.who : undefined);
      return world.some(({ owner }) => owner === named) ? 1 : 0;
    },
  },
] as const;

describe.each(['SQLite', 'PostgreSQL'])('on %s', requires('postgres').options, (database) => {
  test.each(subjects)(
    'the $name subgraph pushes each caller what is theirs, and all of it',
    async ({ name, field, type, args, changes, first }) => {
      const asking = fc
        .tuple(who, args, anySelection(schemaOf(name), type))
        .map(([caller, given, selection]): Asked => ({ who: caller, ...given, selection }));
      for (const [round, world] of fc.sample(anyWorld, { numRuns: WORLDS, seed: 17 }).entries()) {
        const start = (only?: Customer) =>
          serveWorld(name, { world, only, postgres: database === 'SQLite' ? undefined : postgres });
        const full = await start();
        const alone = { kim: await start('kim'), lee: await start('lee'), new: await start('new') };
        const asked = fc.sample(asking, { numRuns: SUBSCRIPTIONS, seed: 17 + round });
        const open = (extensions: object) =>
          asked.map((each) => subscribe({ full, alone }, field, each, extensions));
        const live = open({ announceCursor: true });
        // The announcement of the cursor is the first message.
        const expected = asked.map((each) => 1 + first(each, world));
        await Promise.all(live.map((each, index) => each.has(present(expected[index], 'count'))));
        for (const change of changes(world)) {
          await Promise.all([full, alone[change.owner]].map((server) => made(server, change)));
          for (const [index, each] of asked.entries())
            expected[index] = present(expected[index], 'count') + Number(isFor(each, change));
          await Promise.all(live.map((each, index) => each.has(present(expected[index], 'count'))));
        }
        for (const each of live) each.check();
        const replayed = open({ cursor: '0-0' });
        const changed = asked.map((each) => changes(world).filter((change) => isFor(each, change)).length);
        await Promise.all(replayed.map((each, index) => each.has(present(changed[index], 'count'))));
        for (const each of replayed) each.check();
      }
    },
    300_000,
  );
});

interface Servers {
  readonly full: SubgraphServer;
  /** Each has the rows of one customer alone. */
  readonly alone: Readonly<Record<Customer, SubgraphServer>>;
}

async function made({ ask }: SubgraphServer, { mutation }: Change): Promise<void> {
  expect((await ask(mutation)).errors, mutation).toBeUndefined();
}

/** Subscribes on behalf of the caller, and where there is nobody else, or as everyone. */
function subscribe({ full, alone }: Servers, field: string, asked: Asked, extensions: object) {
  const { who: name, selection } = asked;
  const given = (['id', 'customerId'] as const).flatMap((arg) =>
    asked[arg] === undefined ? [] : [`${arg}: ${JSON.stringify(asked[arg])}`],
  );
  const inBrackets = given.length === 0 ? '' : `(${given.join(', ')})`;
  const text = `subscription { ${field}${inBrackets} { ${selection.text} } }\n${selection.fragments}`;
  const actual = full.as(callers[name]).subscribe(text, undefined, { ...extensions });
  const reference = isCustomer(name)
    ? alone[name].as(callers[name]).subscribe(text, undefined, { ...extensions })
    : full.subscribe(text, undefined, { ...extensions });
  const refusal = refusalOf(asked);
  const data = ({ pushed }: Subscribed) => pushed.map((each) => each.data ?? null);
  return {
    has: async (count: number): Promise<void> => {
      if (refusal) expect(JSON.stringify(await actual.ended())).toContain(refusal);
      else await Promise.all([actual.all(count), reference.all(count)]);
    },
    check: (): void => {
      const context = `${name}: ${text}`;
      expect(comparable(data(actual)), context).toEqual(refusal ? [] : comparable(data(reference)));
      const shown = JSON.stringify(actual.pushed);
      for (const stranger of customers) {
        if (isCustomer(name) && stranger !== name) expect(shown, context).not.toContain(markOf(stranger));
      }
    },
  };
}
