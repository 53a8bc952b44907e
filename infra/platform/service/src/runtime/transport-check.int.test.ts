import { deposit, openSample } from '@airline/testing/sample';
import { describe, expect, onTestFinished, test } from 'vitest';
import { transportCheck } from './transport-check.ts';

function start() {
  const clock = { at: Date.parse('2024-11-21T10:00:00.000Z') };
  const now = () => new Date(clock.at);
  const sample = openSample({ now });
  onTestFinished(() => sample[Symbol.asyncDispose]());
  const state: { lastError: string | undefined } = { lastError: undefined };
  const { check } = transportCheck({
    transport: { lastError: () => state.lastError },
    log: sample.store.log,
    now,
  });
  const after = (seconds: number) => {
    clock.at += seconds * 1000;
  };
  return { state, after, publish: () => sample.store.transact(deposit('a', 1)), check, sample };
}

const TROUBLE = 'connect ECONNREFUSED 10.0.0.7:6379';

describe('the check of the transport', () => {
  test('tells how much waits at most, and for how long, without what is wrong where', async () => {
    const { state, after, publish, check } = start();
    await publish();
    expect(await check()).toEqual({ ok: true });
    after(20);
    await publish();
    expect(await check()).toEqual({ ok: true });
    after(20);
    // Only now nothing of the first can be under way any more.
    expect(await check()).toEqual({ ok: true });
    state.lastError = TROUBLE;
    expect(await check()).toEqual({
      ok: false,
      detail: 'no event waits to be published yet; the log says why',
    });
    after(5);
    await publish();
    after(30);
    await publish();
    expect(await check()).toEqual({
      ok: false,
      detail: 'at most 2 events wait to be published, the oldest of them for at most 30 s; the log says why',
    });
    state.lastError = undefined;
    expect(await check()).toEqual({ ok: true });
  });

  test('does not take for published what may have waited already when all still looked well', async () => {
    const { state, after, publish, check } = start();
    await publish();
    await check();
    after(20);
    await check();
    after(20);
    await publish();
    await check();
    after(1);
    await check();
    state.lastError = TROUBLE;
    expect((await check()).detail).toMatch(/^at most 1 events wait/);
  });

  test('only says that events wait right after the start', async () => {
    const { state, publish, check } = start();
    state.lastError = TROUBLE;
    await publish();
    expect(await check()).toEqual({ ok: false, detail: 'events wait to be published; the log says why' });
  });

  test('leaves it to the check of the database when that does not answer', async () => {
    const { check, sample } = start();
    await sample.store.close();
    expect(await check()).toEqual({ ok: true });
  });
});
