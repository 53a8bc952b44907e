import { seeded, until } from '@airline/testing';
import type { GraphQLFormattedError } from 'graphql';
import { expect, test } from 'vitest';
import { routerOver, supergraphFile } from './router.fixture.ts';
import { operations, startStormySubgraphs } from './storm.fixture.ts';

type Errors = readonly GraphQLFormattedError[];

/** Where data is not as it should be and no error says so. */
function unexplained(
  data: unknown,
  right: unknown,
  errors: Errors,
  path: (string | number)[] = [],
): unknown[] {
  if (data === null && right !== null) return isExplained(errors, path) ? [] : [path];
  if (typeof right !== 'object' || right === null) return Object.is(data, right) ? [] : [path];
  if (typeof data !== 'object' || data === null || Object.keys(data).length !== Object.keys(right).length) {
    return [path];
  }
  const values = new Map<string, unknown>(Object.entries(data));
  return Object.entries(right).flatMap(([key, inner]) => {
    const step = Array.isArray(right) ? Number(key) : key;
    return unexplained(values.get(key), inner, errors, [...path, step]);
  });
}

/** An error at the path, on the way to it or below it. */
const isExplained = (errors: Errors, path: readonly (string | number)[]) =>
  errors.some(
    ({ path: at = [] }) => at.length > 0 && path.every((step, i) => i >= at.length || at[i] === step),
  );

test('the check of responses finds a null without an error, and a wrong value', () => {
  const [{ data }] = operations;
  expect(unexplained({ ...data, paid: null }, data, [])).toEqual([['paid']]);
  expect(unexplained({ ...data, paid: 8 }, data, [])).toEqual([['paid']]);
  expect(
    unexplained({ flights: null, paid: 7 }, data, [{ message: '', path: ['flights', 1, 'code'] }]),
  ).toEqual([]);
  expect(unexplained({ flights: null, paid: 7 }, data, [{ message: '', path: ['paid'] }])).toEqual([
    ['flights'],
  ]);
});

const ROUNDS = process.env.AIRLINE_LONG ? 40 : 4;
const CLIENTS = 16;

test('in a storm no request is answered wrongly or twice, and none is left hanging', async () => {
  const random = seeded(ROUNDS);
  const subgraphs = await startStormySubgraphs(random);
  const file = await supergraphFile(subgraphs.supergraph(''));
  const { query, router } = await routerOver(file.path, { subgraphTimeoutMs: 250 });
  const wrong: unknown[] = [];
  let mutations = 0;
  let whole = 0;
  let damaged = 0;

  async function ask(): Promise<void> {
    const operation = operations[Math.floor(random() * operations.length)];
    if (random() < 0.2) return await leave(router.url);
    if (random() < 0.3 || !operation) return await register();
    const { body } = await query(operation.query);
    const { data, errors = [] } = body;
    if (errors.length > 0) damaged += 1;
    else whole += 1;
    const found = data === undefined ? ['no data'] : unexplained(data, operation.data, errors);
    if (found.length > 0) wrong.push({ query: operation.query, found, body });
  }

  async function register(): Promise<void> {
    const code = `M${mutations++}`;
    const { body } = await query('mutation ($code: String!) { register(code: $code) { code refunds } }', {
      code,
    });
    const found = unexplained(body.data, { register: { code, refunds: 0 } }, body.errors ?? []);
    if (found.length > 0) wrong.push({ code, found, body });
    if (body.data && subgraphs.registered.get(code) !== 1)
      wrong.push({ code, registered: subgraphs.registered.get(code) });
  }

  /** A client that leaves while its request is on its way. */
  async function leave(url: string): Promise<void> {
    const leaving = new AbortController();
    const body = JSON.stringify({ query: '{ flights { code revenue } paid __typename }' });
    const request = fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      signal: leaving.signal,
    });
    for (let turns = random() * 20; turns > 0; turns--) await new Promise(setImmediate);
    leaving.abort();
    await request.then((response) => response.text()).catch(() => {});
  }

  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 1) await file.replace(subgraphs.supergraph(round % 4 === 1 ? ', gate: String' : ''));
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        for (let i = 0; i < 6; i++) await ask();
      }),
    );
  }
  expect(wrong).toEqual([]);
  expect(Math.max(...subgraphs.registered.values())).toBe(1);

  subgraphs.calm();
  const [{ query: text, data }] = operations;
  await until('subgraphs are asked again', async () => (await query(text)).body.errors === undefined);
  expect((await query(text)).body).toEqual({ data });
  expect(Math.min(whole, damaged)).toBeGreaterThan(ROUNDS);
});
