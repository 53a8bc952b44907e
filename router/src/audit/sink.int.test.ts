import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recording } from '@airline/observability/recorded-lines';
import { StartError } from '@airline/service/server';
import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openSocket, startLiveRouter } from '../subscriptions/live-router.fixture.ts';
import { openSink } from './sink.ts';

async function inFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'airline-audit-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { logger, lines } = recording();
  const file = join(folder, 'logs', 'audit.log');
  const open = async () => (await openSink(file, logger)) ?? expect.unreachable();
  return { folder, file, lines, open, text: () => readFile(file, 'utf8') };
}

describe('the file of an audit log', () => {
  test('is appended to, in order, and for its owner alone', async () => {
    const { open, file, text } = await inFolder();
    for (const run of [1, 2]) {
      const sink = await open();
      for (let line = 0; line < 500; line += 1) sink.write(`${run} ${line}\n`);
      await sink.close();
    }
    const lines = (await text()).trim().split('\n');
    expect(lines).toEqual(
      [1, 2].flatMap((run) => Array.from({ length: 500 }, (_, line) => `${run} ${line}`)),
    );
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('may be renamed while it is written', async () => {
    const { open, file, text } = await inFolder();
    const sink = await open();
    sink.write('before\n');
    await until('it is written', async () => (await text()) === 'before\n');
    await rename(file, `${file}.1`);
    sink.write('after\n');
    await sink.close();
    expect(await text()).toBe('after\n');
    expect(await readFile(`${file}.1`, 'utf8')).toBe('before\n');
  });

  test('that cannot be written is an error of the log, once, with what was lost', async () => {
    const { open, file, text, folder, lines } = await inFolder();
    const sink = await open();
    await rm(join(folder, 'logs'), { recursive: true });
    for (const line of ['a\n', 'b\n', 'c\n']) sink.write(line);
    await sink.close();
    expect(lines).toMatchObject([{ level: 'error', msg: 'audit log cannot be written', file }]);
    await (await open()).close();
    sink.write('d\n');
    await sink.close();
    expect(lines.at(-1)).toMatchObject({ msg: 'audit log is written again', lost: 3 });
    expect(await text()).toBe('d\n');
  });

  test('waits with a million characters at most', async () => {
    const { open, text, lines } = await inFolder();
    const sink = await open();
    for (let line = 0; line < 3_000; line += 1) sink.write(`${'x'.repeat(999)}\n`);
    await sink.close();
    expect((await text()).length).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(lines.map(({ msg }) => msg)).toEqual([
      'audit log cannot be written',
      'audit log is written again',
    ]);
  });

  test('is named at the start when it cannot be', async () => {
    const { folder } = await inFolder();
    await writeFile(join(folder, 'logs'), 'a file');
    const { logger } = recording();
    await expect(openSink(join(folder, 'logs', 'audit.log'), logger)).rejects.toThrow(StartError);
    expect(await openSink(undefined, logger)).toBeUndefined();
  });
});

test('mutations by every transport, and pages of other sites, are in it', async () => {
  const { file, text } = await inFolder();
  const { origin, router } = await startLiveRouter({ auditLog: file });
  const { host } = new URL(origin);
  const mutation = { query: 'mutation Book { book }', operationName: 'Book' };
  const post = (path: string, headers: Record<string, string> = {}) =>
    fetch(origin + path, {
      method: 'POST',
      body: JSON.stringify(mutation),
      headers: { 'content-type': 'application/json', ...headers },
    }).then((response) => response.text());
  await post('/graphql', { 'x-request-id': 'by-post' });
  await post('/graphql/stream', { accept: 'text/event-stream', 'x-request-id': 'by-stream' });
  await post('/graphql', { origin: 'http://evil.example', 'x-request-id': 'foreign' });
  const { socket, send, next } = await openSocket(`${origin}/graphql`, { 'x-request-id': 'by-socket' });
  send({ id: '1', type: 'subscribe', payload: mutation });
  await next('complete');
  socket.close();
  const foreign = new WebSocket(`ws://${host}/graphql`, 'graphql-transport-ws', { origin: 'null' });
  await new Promise((resolve) => foreign.on('error', resolve));
  await router.close();
  const entries = (await text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  const who = { address: '127.0.0.1', log: 'audit' };
  const done = { event: 'mutation', operation: 'Book', fields: [{ name: 'book', outcome: 'ok' }], ...who };
  const refused = { event: 'refusal', code: 'FORBIDDEN', ...who };
  expect(entries).toMatchObject([
    { ...done, requestId: 'by-post' },
    { ...done, requestId: 'by-stream' },
    { ...refused, requestId: 'foreign' },
    { ...done, requestId: 'by-socket' },
    refused,
  ]);
});
