import type { DeadLetter } from '@airline/database';
import type { MessagingStatus } from '@airline/messaging';
import { eachHasAnEffect } from '@airline/testing/effects';
import { type ExecutionResult, graphql, isObjectType } from 'graphql';
import { describe, expect, test, vi } from 'vitest';
import { anonymous, type Caller, everyone } from '../identity/caller.ts';
import { workLimits } from '../limits/limits.ts';
import { boundFields } from './bounded-fields.ts';
import type { OperatedLetters } from './dead-letters.ts';
import { RequestWork } from './request-work.ts';
import { idle } from './service-status.fixture.ts';
import { subgraphSchema } from './subgraph-schema.ts';

const letter: DeadLetter = {
  consumer: 'gate',
  eventId: '01934e00-0000-7000-8000-000000000001',
  stream: 'airline:flight',
  seq: 7,
  event: '{}',
  eventType: 'SeatsSoldOut',
  error: 'The event is not JSON.',
  deliveries: 1,
  diedAt: '2024-11-21T10:00:00.000Z',
};

const drop = vi.fn<OperatedLetters['drop']>(async (eventIds) => eventIds.length);
const requestReplay = vi.fn<OperatedLetters['requestReplay']>(
  async ({ eventIds, eventType } = {}) => eventIds?.length ?? (eventType ? 7 : 12),
);
const deadLetters: OperatedLetters = {
  list: async (limit) => Array.from({ length: limit ?? 0 }, () => letter),
  requestReplay,
  drop,
};

const consumed = {
  streams: [{ stream: 'airline:flight', lag: 3, pending: 2 }],
  replicas: [{ name: 'host-1', idleMs: 5, pending: 2, silent: false }],
};
let messaging: MessagingStatus | undefined;

const schema = boundFields(
  subgraphSchema({
    service: 'gate',
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize", "@policy", "@shareable", "@tag"])
    type Query { opensOn: Date, kinds(day: Date, instant: DateTime, seats: SafeInt): [String!]! }`,
    resolvers: {
      Query: {
        opensOn: () => '2024-11-21',
        kinds: (_: unknown, args: Readonly<Record<string, unknown>>) =>
          Object.values(args).map((value) => `${typeof value} ${value}`),
      },
    },
    deadLetters,
    status: { ...idle, messaging: () => messaging },
  }),
);

const staff: Caller = { subject: undefined, roles: ['staff'], scopes: [] };

const contextOf = (caller: Caller) => ({ caller, work: new RequestWork(workLimits) });
const ask = (source: string, caller: Caller = everyone): Promise<ExecutionResult> =>
  graphql({ schema, source, contextValue: contextOf(caller) });

test('every field of a dead letter is resolved', async () => {
  const type = schema.getType('DeadLetter');
  const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
  const { data, errors } = await ask(`{ gateDeadLetters(first: 1) { ${fields.join(' ')} } }`);

  expect(errors).toBeUndefined();
  const { consumer: _, seq: __, diedAt, ...visible } = letter;
  expect(data?.gateDeadLetters).toMatchObject([visible]);
  expect(fields.length).toBe(Object.keys(visible).length + 1);
  expect(data).toHaveProperty(['gateDeadLetters', 0, 'diedAt'], new Date(diedAt));
});

test('dead letters are replayed: the given ones, those of a type, or all by default', async () => {
  expect(await ask('mutation { replayGateDeadLetters(eventIds: ["a", "b"]) }')).toEqual({
    data: { replayGateDeadLetters: 2 },
  });
  expect(await ask('mutation { replayGateDeadLetters(eventType: "Paid") }')).toEqual({
    data: { replayGateDeadLetters: 7 },
  });
  expect(await ask('mutation { replayGateDeadLetters }')).toEqual({ data: { replayGateDeadLetters: 12 } });
});

describe.each(Object.values(schema.getMutationType()?.getFields() ?? {}))('$name', ({ name, args }) => {
  const given = { eventIds: '["a"]', ...(/^drop/.test(name) && { reason: '"x"' }) };
  const others: Record<string, string> = { eventIds: '["a", "b"]', eventType: '"Paid"', reason: '"y"' };
  const values = Object.fromEntries(args.map((argument) => [argument.name, others[argument.name]]));
  eachHasAnEffect<Record<string, unknown>>(values, async (change) => {
    expect(Object.values(change), 'give it a value here that is not its default').not.toContain(undefined);
    vi.clearAllMocks();
    const list = Object.entries({ ...given, ...change }).map(([argument, value]) => `${argument}: ${value}`);
    const { errors } = await ask(`mutation { ${name}(${list.join()}) }`);
    // Not what it returns, but what is asked for.
    return [{ ...(errors && { errors: [...errors] }), data: [requestReplay.mock.calls, drop.mock.calls] }];
  });
});

test('dead letters are dropped, with who did that and why', async () => {
  const source = 'mutation { dropGateDeadLetters(eventIds: ["a", "b"], reason: " booked by hand ") }';
  const operator: Caller = { subject: 'olga', roles: ['operator'], scopes: [] };
  expect(await ask(source, operator)).toEqual({ data: { dropGateDeadLetters: 2 } });
  expect(drop).toHaveBeenLastCalledWith(['a', 'b'], { by: 'olga', reason: 'booked by hand' });
  await ask(source);
  expect(drop).toHaveBeenLastCalledWith(['a', 'b'], {
    by: 'unknown (the system is open)',
    reason: 'booked by hand',
  });
});

test.each<[string, Caller, string]>([
  ['{ gateService { name } }', anonymous, 'UNAUTHENTICATED'],
  ['{ gateService { name } }', staff, 'FORBIDDEN'],
  ['{ gateDeadLetters { eventId } }', anonymous, 'UNAUTHENTICATED'],
  ['mutation { replayGateDeadLetters }', anonymous, 'UNAUTHENTICATED'],
  ['{ gateDeadLetters { eventId } }', staff, 'FORBIDDEN'],
  ['mutation { replayGateDeadLetters }', staff, 'FORBIDDEN'],
  ['mutation { dropGateDeadLetters(eventIds: [], reason: "x") }', anonymous, 'UNAUTHENTICATED'],
  ['mutation { dropGateDeadLetters(eventIds: [], reason: "x") }', staff, 'FORBIDDEN'],
  ['mutation { dropGateDeadLetters(eventIds: [], reason: " ") }', everyone, 'BAD_USER_INPUT'],
  ['{ gateDeadLetters(first: 0) { eventId } }', everyone, 'BAD_USER_INPUT'],
  ['{ gateDeadLetters(first: 1001) { eventId } }', everyone, 'BAD_USER_INPUT'],
])('%s is refused for %j', async (source, caller, code) => {
  const { errors } = await ask(source, caller);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
});

test.each(['replayGateDeadLetters(', 'dropGateDeadLetters(reason: "x", '])(
  '%s…) takes 1000 ids at most',
  async (field) => {
    const answers = [1000, 1001].map(async (count) => {
      const { data, errors } = await ask(`mutation { done: ${field}eventIds: [${'"a" '.repeat(count)}]) }`);
      return data?.done ?? errors?.map(({ extensions }) => [extensions.code, extensions.field]);
    });
    expect(await Promise.all(answers)).toEqual([1000, [['BAD_USER_INPUT', 'eventIds']]]);
  },
);

test('the status of a service is resolved; what cannot be found out is null', async () => {
  const query = `{ gateService {
    name version replica startedAt state checks { name ok reason } deadLetters outbox { waiting oldestMs }
    replicas { name idleMs silent pending } streams { stream lag pending } rates { operationsPerSecond operationP95Ms }
  } }`;
  const known = {
    name: 'gate',
    version: '1',
    replica: 'host-1',
    startedAt: new Date(0),
    state: 'READY',
    checks: [],
    deadLetters: 0,
    rates: { operationsPerSecond: 0, operationP95Ms: null },
  };
  let asked = 0;
  messaging = {
    outbox: async () => ({ waiting: 4, oldestMs: 70 }),
    consumed: async () => {
      asked += 1;
      return consumed;
    },
  };
  expect((await ask(query)).data?.gateService).toEqual({
    ...known,
    ...consumed,
    outbox: { waiting: 4, oldestMs: 70 },
  });
  expect(asked).toBe(1);

  messaging = { outbox: async () => undefined, consumed: () => Promise.reject(new Error('away')) };
  const unknown = { ...known, outbox: null, replicas: null, streams: null };
  expect(await ask(query)).toEqual({ data: { gateService: unknown } });
  messaging = undefined;
  expect(await ask(query)).toEqual({ data: { gateService: unknown } });
});

test('the subgraph’s own fields and the shared scalars are resolved', async () => {
  expect(await ask('{ opensOn }')).toEqual({ data: { opensOn: '2024-11-21' } });
});

test.each([
  ['as literals', '{ kinds(day: "2024-11-21", instant: "2024-11-21T11:00:00+01:00", seats: 3) }'],
  [
    'as variables',
    'query ($day: Date, $instant: DateTime, $seats: SafeInt) { kinds(day: $day, instant: $instant, seats: $seats) }',
  ],
])('resolvers get dates and instants as text, as their types say: %s', async (_how, source) => {
  const variableValues = { day: '2024-11-21', instant: '2024-11-21T11:00:00+01:00', seats: 3 };
  expect(await graphql({ schema, source, variableValues, contextValue: contextOf(everyone) })).toEqual({
    data: { kinds: ['string 2024-11-21', 'string 2024-11-21T10:00:00.000Z', 'number 3'] },
  });
});
