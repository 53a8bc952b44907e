import { describe, expect, test } from 'vitest';
import { backoffMs, pause, runEvery, runForever } from './retry.ts';

const HOUR_MS = 60 * 60 * 1000;

describe('a backoff', () => {
  const backoff = { firstMs: 100, longestMs: 1000 };

  test('doubles up to the longest, and is at least half of that', () => {
    const waits = (random: number) =>
      [1, 2, 3, 4, 5, 100].map((failures) => backoffMs(backoff, failures, () => random));
    expect(waits(1)).toEqual([100, 200, 400, 800, 1000, 1000]);
    expect(waits(0)).toEqual([50, 100, 200, 400, 500, 500]);
    expect(waits(0.5)).toEqual([75, 150, 300, 600, 750, 750]);
  });
});

describe('a pause', () => {
  test('ends when the signal fires, and at once when it has fired', async () => {
    const closing = new AbortController();
    const paused = pause(HOUR_MS, closing.signal);
    closing.abort();
    await expect(paused).resolves.toBeUndefined();
    await expect(pause(HOUR_MS, closing.signal)).resolves.toBeUndefined();
  });

  test('ends by itself', async () => {
    await expect(pause(1, new AbortController().signal)).resolves.toBeUndefined();
  });
});

describe('runEvery', () => {
  test('continues after failures, which it reports, until the signal fires', async () => {
    const closing = new AbortController();
    const failures: unknown[] = [];
    let runs = 0;
    const doing = async () => {
      runs += 1;
      if (runs === 4) closing.abort();
      if (runs % 2 === 1) throw new Error(`failure ${runs}`);
    };
    await runEvery(1, closing.signal, doing, (error) => failures.push(error));
    expect(runs).toBe(4);
    expect(failures).toEqual([new Error('failure 1'), new Error('failure 3')]);
  });

  test('reports a failure once while it lasts', async () => {
    const closing = new AbortController();
    const failures: string[] = [];
    const script = ['away', 'away', undefined, 'away', 'full', undefined];
    const doing = async () => {
      const failure = script.shift();
      if (script.length === 0) closing.abort();
      if (failure) throw new Error(failure);
    };
    await runEvery(1, closing.signal, doing, (error) => failures.push(String(error)));
    expect(failures).toEqual(['Error: away', 'Error: away', 'Error: full']);
  });

  test('runs nothing when the signal has fired', async () => {
    let runs = 0;
    await runEvery(
      1,
      AbortSignal.abort(),
      async () => {
        runs += 1;
      },
      () => {},
    );
    expect(runs).toBe(0);
  });
});

describe('runForever', () => {
  test('continues after failures, each of which it reports once while it lasts', async () => {
    const closing = new AbortController();
    const failures: string[] = [];
    const script = ['away', 'away', undefined, 'away', 'full', undefined];
    await runForever(
      async () => {
        const failure = script.shift();
        if (script.length === 0) closing.abort();
        if (failure) throw new Error(failure);
      },
      closing.signal,
      (error) => failures.push(String(error)),
    );
    expect(failures).toEqual(['Error: away', 'Error: away', 'Error: full']);
  });

  test('ends without a report when the signal fires while it fails', async () => {
    const closing = new AbortController();
    const failing = async () => {
      closing.abort();
      throw new Error('disconnected');
    };
    const failures: string[] = [];
    await runForever(failing, closing.signal, (error) => failures.push(String(error)));
    expect(failures).toEqual([]);
  });
});
