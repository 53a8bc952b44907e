import { expect, test } from 'vitest';
import { deferring } from './deferred.fixture.ts';
import { airline } from './deferred-graph.fixture.ts';

const { execute, inParts, whole, fetches } = deferring(airline);

const part = (path: (string | number)[], data: unknown, label?: string) => ({
  path,
  label,
  data,
  errors: [],
});

test('a part is for each object of a list, under the client’s names and label', async () => {
  const { first, later } = await inParts(
    '{ id: flights { ... @defer(label: "money") { id: code revenue } } }',
  );
  expect(first.data).toEqual({ id: [{}, {}, {}] });
  expect(later).toEqual([
    ['1', '2', '3'].map((id, index) =>
      part(['id', index], { id: `KE${id}`, revenue: Number(id) * 100 }, 'money'),
    ),
  ]);
});

test('a part is only for objects of its type', async () => {
  const { first, later } = await inParts(
    '{ flight { places { __typename ... on Desk @defer { size } ... on Place @defer(label: "all") { id } } } }',
  );
  expect(first.data).toEqual({
    flight: { places: ['Gate', 'Desk', 'Gate'].map((__typename) => ({ __typename })) },
  });
  expect(later.flat()).toHaveLength(4);
  expect(later.flat()).toEqual(
    expect.arrayContaining([
      part(['flight', 'places', 1], { size: 9 }),
      part(['flight', 'places', 2], { id: 'g2' }, 'all'),
    ]),
  );
});

test('a nested part comes after the one that it is in, whose fetches it does not wait for', async () => {
  const { first, later } = await inParts(
    '{ flight { id ... @defer(label: "outer") { tax ... @defer(label: "inner") { code } } } }',
  );
  expect(first.data).toEqual({ flight: { id: '1' } });
  expect(later).toEqual([
    [part(['flight'], { tax: 10 }, 'outer')],
    [part(['flight'], { code: 'KE1' }, 'inner')],
  ]);
});

test('a fragment that is spread at two places is two parts, and one where it is spread twice for an object', async () => {
  const { later } = await inParts(`
    { flight { ...A ...B next { ...F } } }
    fragment A on Flight { code ...F }
    fragment B on Flight { id ...F }
    fragment F on Flight { ... @defer(label: "f") { revenue } }
  `);
  expect(later.flat()).toHaveLength(2);
  expect(later.flat()).toEqual(
    expect.arrayContaining([
      part(['flight'], { revenue: 100 }, 'f'),
      part(['flight', 'next'], { revenue: 200 }, 'f'),
    ]),
  );
});

test('what is deferred is over once it is fetched, read or not', async () => {
  fetches.length = 0;
  const { deferred } = await execute('{ flight { id ... @defer { revenue ... @defer { tax } } } }');
  const pending = Promise.resolve('pending');
  expect(await Promise.race([deferred?.ended, pending])).toBe('pending');
  await deferred?.ended;
  const before = fetches.length;
  for await (const { hasNext } of deferred?.increments ?? []) if (!hasNext) break;
  expect(before).toBeGreaterThan(1);
  expect(fetches).toHaveLength(before);
});

test('parts never share a request with each other', async () => {
  fetches.length = 0;
  await inParts('{ flight { revenue ... @defer { cost } ... @defer { debt } } }');
  const asked = fetches.map(({ query }) =>
    ['revenue', 'cost', 'debt'].filter((name) => query.includes(name)),
  );
  expect(asked.flat().sort()).toEqual(['cost', 'debt', 'revenue']);
  expect(Math.max(...asked.map((names) => names.length))).toBe(1);
});

test('an error goes with its part, with its path from the root; a null rises up to the fragment', async () => {
  const { first, later } = await inParts(
    '{ flights { id ... @defer(label: "debt") { debt cost } ... @defer(label: "audit") { audited cost } } }',
  );
  expect(first.errors).toEqual([]);
  const parts = later.flat();
  expect(parts.filter(({ label }) => label === 'debt')).toEqual(
    [0, 1, 2].map((index) => ({
      ...part(['flights', index], { debt: null, cost: (index + 1) * 10 }, 'debt'),
      errors: [{ message: 'no debt', path: ['flights', index, 'debt'] }],
    })),
  );
  const message = expect.stringContaining('Flight.audited');
  expect(parts.filter(({ label }) => label === 'audit')).toEqual([
    part(['flights', 0], { audited: 5, cost: 10 }, 'audit'),
    {
      ...part(['flights', 1], null, 'audit'),
      errors: [{ message, path: ['flights', 1, 'audited'] }],
    },
    part(['flights', 2], { audited: 5, cost: 30 }, 'audit'),
  ]);
});

test('an error of what was fetched with the first part goes with the part that selects it', async () => {
  const { first, later } = await inParts('{ crew { pilots ... @defer { late } ... @defer { cabin } } }');
  expect(first).toEqual({ data: { crew: { pilots: 3 } }, errors: [] });
  expect(later.flat()).toEqual([
    { ...part(['crew'], { late: null }), errors: [{ message: 'no late', path: ['crew', 'late'] }] },
    part(['crew'], { cabin: 4 }),
  ]);
});

test('an error of what is deferred goes with the first part where it has made the object null', async () => {
  const { first, later } = await inParts('{ crew { pilots ... @defer { missing } } }');
  expect(first).toMatchObject({ data: { crew: null }, errors: [{ path: ['crew'] }] });
  expect(first.errors).toHaveLength(1);
  expect(later).toEqual([]);
});

test('a root field that fails is an error at its path', async () => {
  const { later } = await inParts('{ paid ... @defer { closed } }');
  expect(later).toEqual([
    [{ ...part([], { closed: null }), errors: [{ message: 'no closed', path: ['closed'] }] }],
  ]);
});

test('a subgraph that is away is an error at each root field that it was to fill, in the part that selects it', async () => {
  const { inParts } = deferring(airline, 'payment');
  const { first, later } = await inParts('{ flight { id } ... @defer { paid } }');
  expect(first).toEqual({ data: { flight: { id: '1' } }, errors: [] });
  expect(later).toEqual([
    [{ ...part([], { paid: null }), errors: [{ message: 'payment is away', path: ['paid'] }] }],
  ]);
});

test('an object that the client has not got gets nothing, neither data nor errors', async () => {
  const { first, later } = await inParts(
    '{ paid flight { next { place { id ... on Gate @defer { size } ... on Desk @defer { size } } audited ... @defer { code } } } }',
  );
  expect(first.data).toEqual({ paid: 7, flight: { next: null } });
  expect(later).toEqual([]);
});

test('what fails in a part, and is fetched before the first, leaves the first as it is', async () => {
  const { first, later } = await inParts('{ best { cost code } ... @defer { best { audited } } }');
  expect(first).toEqual({ data: { best: { cost: 20, code: 'KE2' } }, errors: [] });
  expect(later).toMatchObject([[{ data: { best: null }, errors: [{ path: ['best', 'audited'] }] }]]);
});

test('what was null stays null in the parts that follow', async () => {
  const query = '{ flight { next { required } ... @defer { id next { code } } } }';
  const { first, later, merged } = await inParts(query);
  expect(first.data).toEqual({ flight: { next: null } });
  expect(later).toEqual([[part(['flight'], { id: '1', next: null })]]);
  expect(merged).toEqual((await whole(query)).merged);
});

test('a part on an object that another part has made null since has no data', async () => {
  const query =
    '{ flight { id ... @defer { next { id ... @defer { tax } } } ... @defer { next { audited } } } }';
  const { later, merged } = await inParts(query);
  expect(later).toMatchObject([
    [{ path: ['flight'], data: { next: { id: '2' } } }],
    [{ path: ['flight'], data: { next: null }, errors: [{ path: ['flight', 'next', 'audited'] }] }],
    [{ path: ['flight', 'next'], data: null, errors: [] }],
  ]);
  expect(merged).toEqual((await whole(query)).merged);
});

test.each([
  ['@defer(if: true)', {}, 1],
  ['@defer(if: false)', {}, 0],
  ['@defer(if: $on)', { on: true }, 1],
  ['@defer(if: $on)', { on: false }, 0],
  ['@defer(if: $on)', {}, 1],
  ['@include(if: $on) @defer(if: $on)', { on: false }, 0],
])('%s with %j', async (directive, variables, parts) => {
  const type = directive.includes('@include') ? 'Boolean!' : 'Boolean';
  const declared = directive.includes('$on') ? `query ($on: ${type})` : '';
  const query = `${declared} { flight { id ... ${directive} { revenue } } }`;
  const received = await inParts(query, variables);
  expect(received.later).toHaveLength(parts);
  expect(received.merged).toEqual((await whole(query, variables)).merged);
});

test('a condition that is null is refused', async () => {
  const query = 'query ($on: Boolean) { flight { ... @defer(if: $on) { revenue } } }';
  await expect(inParts(query, { on: null })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'on' },
  });
});

test('an operation that the planner cannot defer is delivered whole', async () => {
  const { first, later } = await inParts(
    '{ found { ... on Gate { ... on Place @defer { ... on Gate { size } } } } }',
  );
  expect({ first, later }).toEqual({
    first: { data: { found: [{}, { size: 2 }, {}] }, errors: [] },
    later: [],
  });
});
