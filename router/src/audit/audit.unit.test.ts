import { anonymous, everyone } from '@airline/service/server';
import { describe, expect, test } from 'vitest';
import type { Prepared } from '../pipeline/prepared.ts';
import { refuse } from '../refusal.ts';
import { authorityOf, type Client, type OperationResult } from '../request.ts';
import { auditedTestPipeline, kim, recordedAudit } from './audit.fixture.ts';
import { auditedIdentify, auditedPipeline } from './audited.ts';

const nobody: Client = { ...kim, authority: authorityOf(anonymous), source: 'address:192.0.2.9' };
const FORBIDDEN = { message: 'Not yours.', extensions: { code: 'FORBIDDEN' } };

/** A pipeline whose operations end as the test says. */
function ending(end: { refused?: ReturnType<typeof refuse>; result?: OperationResult }) {
  const recorded = recordedAudit();
  const planned = { text: 'mutation Act { act(id: "1") other(id: "2") }' };
  const pipeline = auditedPipeline(
    {
      prepare: async (_parameters, client) =>
        end.refused ??
        ({ type: 'mutation', operationName: 'Act', planned, variables: {}, client } as Prepared),
      execute: async () => end.result ?? {},
      prepareAgain: () => refuse('NOT_FOUND', 'never'),
    },
    recorded.audit,
  );
  const run = async (client = kim) => {
    const prepared = await pipeline.prepare({ operationName: 'Act' }, client);
    if (!('status' in prepared)) await pipeline.execute(prepared);
  };
  return { ...recorded, run };
}

describe('a mutation', () => {
  test('is recorded with who, from where and on what; without any other argument and any credential', async () => {
    const { run, lines } = auditedTestPipeline();
    await run('mutation Rename($id: ID!, $code: String!) { r: rename(id: $id, code: $code) { id } }', {
      operationName: 'Rename',
      variables: { id: '7', code: 'a secret' },
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\}\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      log: 'audit',
      time: '2030-01-01T00:00:00.000Z',
      event: 'mutation',
      requestId: 'r1',
      subject: 'kim',
      roles: ['customer'],
      address: '192.0.2.1',
      operation: 'Rename',
      fields: [{ name: 'rename', ids: { id: '7' }, outcome: 'ok' }],
    });
  });

  test('is no query', async () => {
    const { run, lines } = auditedTestPipeline();
    await run('{ flight(id: "1") { id } }');
    expect(lines).toEqual([]);
  });

  test('has the outcome of each of its fields', async () => {
    const outcomes = async (result: OperationResult) => {
      const { run, entries } = ending({ result });
      await run();
      const [{ fields } = { fields: [] }] = entries();
      return (fields as { outcome: string }[]).map(({ outcome }) => outcome);
    };
    const failed = { ...FORBIDDEN, path: ['other'] };
    expect(await outcomes({ data: { act: 1, other: null }, errors: [failed] })).toEqual(['ok', 'FORBIDDEN']);
    expect(
      await outcomes({ data: { act: {}, other: {} }, errors: [{ ...failed, path: ['act', 'x'] }] }),
    ).toEqual(['ok', 'ok']);
    expect(await outcomes({ data: null, errors: [failed] })).toEqual(['unknown', 'FORBIDDEN']);
    // What fails below a field has not kept it from being executed.
    const below = { message: 'no', extensions: { code: 'BAD_USER_INPUT' }, path: ['act', 'customer', 'x'] };
    expect(await outcomes({ data: { act: null, other: 1 }, errors: [below] })).toEqual(['ok', 'ok']);
    expect(await outcomes({ data: null, errors: [below] })).toEqual(['ok', 'unknown']);
    expect(await outcomes({ errors: [FORBIDDEN] })).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await outcomes({ data: { act: null, other: null } })).toEqual(['ok', 'ok']);
  });
});

describe('a refusal', () => {
  test('of the whole operation is recorded with its code', async () => {
    const { run, entries } = ending({ refused: refuse('UNAUTHENTICATED', 'Who?', { status: 401 }) });
    await run(nobody);
    expect(entries()).toMatchObject([
      {
        event: 'refusal',
        operation: 'Act',
        code: 'UNAUTHENTICATED',
        roles: [],
        address: '192.0.2.1',
        requestId: 'r1',
      },
    ]);
  });

  test('is nothing that is no refusal', async () => {
    const { run, entries } = ending({ refused: refuse('BAD_USER_INPUT', 'Which?') });
    await run();
    expect(entries()).toEqual([]);
  });

  test('of fields is recorded with their paths', async () => {
    const { audit, entries } = recordedAudit();
    const errors = [
      { ...FORBIDDEN, path: ['flights', 0, 'reservations'] },
      { ...FORBIDDEN, path: ['flights', 1, 'reservations'] },
      { message: 'no', path: ['flight'], extensions: { code: 'NOT_FOUND' } },
    ];
    const pipeline = auditedPipeline(
      {
        prepare: async () => refuse('NOT_FOUND', ''),
        execute: async () => ({ data: {}, errors }),
        prepareAgain: () => refuse('NOT_FOUND', ''),
      },
      audit,
    );
    await pipeline.execute({ type: 'query', operationName: 'Look', client: kim } as Prepared);
    expect(entries()).toMatchObject([
      {
        event: 'refusal',
        subject: 'kim',
        operation: 'Look',
        code: 'FORBIDDEN',
        fields: ['flights.reservations'],
      },
    ]);
  });

  test('of credentials is recorded without them', async () => {
    const { audit, lines, entries } = recordedAudit();
    const refused = refuse('UNAUTHENTICATED', 'Not this token.', { status: 401 });
    const identify = auditedIdentify(
      () => refused,
      audit,
      () => '192.0.2.1',
    );
    const request = {
      headers: { authorization: 'Bearer the-token' },
      socket: { remoteAddress: '192.0.2.1' },
    };
    expect(await identify(request as Parameters<typeof identify>[0], 'r2')).toBe(refused);
    expect(entries()).toEqual([
      {
        log: 'audit',
        time: '2030-01-01T00:00:00.000Z',
        event: 'refusal',
        requestId: 'r2',
        address: '192.0.2.1',
        code: 'UNAUTHENTICATED',
      },
    ]);
    expect(lines.join()).not.toContain('the-token');
    const known = auditedIdentify(
      () => kim,
      audit,
      () => '192.0.2.7',
    );
    expect(await known(request as Parameters<typeof identify>[0], 'r3')).toMatchObject({
      address: '192.0.2.7',
    });
  });
});

describe('a flood', () => {
  test('of refusals is written ten times a minute for one source, and counted', async () => {
    const { run, entries, endMinute } = ending({
      refused: refuse('UNAUTHENTICATED', 'Who?', { status: 401 }),
    });
    for (let number = 0; number < 1_000; number += 1) await run(nobody);
    expect(entries()).toHaveLength(10);
    endMinute();
    expect(entries().at(-1)).toMatchObject({ event: 'omitted', by: 'unknown callers', count: 990 });
    await run(nobody);
    endMinute();
    expect(entries()).toHaveLength(12);
  });

  test('of many unknown sources is bounded in all, and hides nothing of those who are known', async () => {
    const { run, entries, endMinute } = ending({
      refused: refuse('UNAUTHENTICATED', 'Who?', { status: 401 }),
    });
    for (let number = 0; number < 1_000; number += 1) await run({ ...nobody, source: `address:${number}` });
    expect(entries()).toHaveLength(100);
    await run(kim);
    expect(entries().at(-1)).toMatchObject({ subject: 'kim' });
    endMinute();
    expect(entries().at(-1)).toMatchObject({ event: 'omitted', count: 900 });
  });

  test('of mutations is written whole where they do something, and sampled where they do nothing', async () => {
    const done = ending({
      result: { data: { act: 1, other: null }, errors: [{ ...FORBIDDEN, path: ['other'] }] },
    });
    const failed = ending({
      result: {
        data: { act: null, other: null },
        errors: [FORBIDDEN, FORBIDDEN].map((error, index) => ({
          ...error,
          path: [['act', 'other'][index] ?? ''],
        })),
      },
    });
    const lost = { message: 'gone', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } };
    const unknown = ending({ result: { data: null, errors: [{ ...lost, path: ['act'] }] } });
    for (let number = 0; number < 100; number += 1) {
      await done.run();
      await failed.run();
      await unknown.run();
    }
    expect(done.entries()).toHaveLength(100);
    // It may have been done.
    expect(unknown.entries()).toHaveLength(100);
    expect(failed.entries()).toHaveLength(30);
    await failed.audit.close();
    expect(failed.entries().at(-1)).toMatchObject({ event: 'omitted', by: 'known callers', count: 70 });
  });
});

test('in an open system everybody has all roles and no name', async () => {
  const { run, entries } = auditedTestPipeline();
  await run(
    'mutation { rename(id: "1", code: "c") { id } }',
    {},
    { ...kim, authority: authorityOf(everyone) },
  );
  expect(entries()[0]).toMatchObject({ event: 'mutation', roles: ['customer', 'staff', 'operator'] });
  expect(entries()[0]).not.toHaveProperty('subject');
});
