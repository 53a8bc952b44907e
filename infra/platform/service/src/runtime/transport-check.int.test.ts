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

const REFUSED = 'connect ECONNREFUSED 10.0.0.7:6379';

describe('the check of the transport', () => {
  test('reports the unpublished events and their age, without addresses', async () => {
    const { state, after, publish, check } = start();
    await publish();
    expect(await check()).toEqual({ ok: true });
    after(20);
    await publish();
    expect(await check()).toEqual({ ok: true });
    after(20);
    // Only now the first event is certainly published.
    expect(await check()).toEqual({ ok: true });
    state.lastError = REFUSED;
    expect(await check()).toEqual({
      ok: false,
      detail: 'no events unpublished yet; see the log',
    });
    after(5);
    await publish();
    after(30);
    await publish();
    expect(await check()).toEqual({
      ok: false,
      detail: 'at most 2 events unpublished, the oldest for at most 30 s; see the log',
    });
    state.lastError = undefined;
    expect(await check()).toEqual({ ok: true });
  });

  test('does not count as published what was perhaps unpublished before the error was noticed', async () => {
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
    state.lastError = REFUSED;
    expect((await check()).detail).toMatch(/^at most 1 events unpublished/);
  });

  test('reports no number right after the start', async () => {
    const { state, publish, check } = start();
    state.lastError = REFUSED;
    await publish();
    expect(await check()).toEqual({ ok: false, detail: 'events unpublished; see the log' });
  });

  test('leaves an unavailable database to that check', async () => {
    const { check, sample } = start();
    await sample.store.close();
    expect(await check()).toEqual({ ok: true });
  });
});
