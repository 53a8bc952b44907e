import { describe, expect, test } from 'vitest';
import { createWake } from './wake.ts';

describe('a wake', () => {
  test('is not lost when it is called before a wait, and counts once', async () => {
    const wake = createWake(new AbortController().signal);
    wake.call();
    wake.call();
    expect(await wake.next()).toBe(true);
    expect(await wake.next(1)).toBe(false);
  });

  test('ends a wait', async () => {
    const wake = createWake(new AbortController().signal);
    const waited = wake.next();
    wake.call();
    expect(await waited).toBe(true);
    const again = wake.next(60_000);
    wake.call();
    expect(await again).toBe(true);
  });

  test('does not wait when it is closed, and ends a wait', async () => {
    const closing = new AbortController();
    const wake = createWake(closing.signal);
    const waited = wake.next();
    closing.abort();
    expect(await waited).toBe(false);
    expect(await wake.next()).toBe(false);
  });
});
