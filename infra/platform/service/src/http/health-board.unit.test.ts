import { describe, expect, test } from 'vitest';
import { HealthBoard } from './health-board.ts';

const seconds = (count: number) => BigInt(count) * 1_000_000_000n;

function boardAt(second: number) {
  const board = new HealthBoard();
  board.beat(seconds(second));
  const reader = new HealthBoard(board.memory);
  const at = (path: string, now: number) => reader.respond(path, seconds(now));
  return { board, at };
}

describe('a health board', () => {
  test('is live until the event loop has not turned for 20 s, and again as soon as it turns', () => {
    const { board, at } = boardAt(100);
    expect(at('/health/live', 120)).toEqual({ code: 200, body: { status: 'live' } });
    const hung = { code: 503, body: { status: 'hung', detail: 'its event loop has not turned for 21 s' } };
    expect(at('/health/live', 121)).toEqual(hung);
    board.report('ready');
    expect(at('/health/ready', 121)).toEqual(hung);
    board.beat(seconds(121));
    expect(at('/health/live', 122)?.code).toBe(200);
    expect(at('/health/ready', 122)).toEqual({ code: 200, body: { status: 'ready' } });
  });

  test('is not ready before anything is reported', () => {
    expect(boardAt(0).at('/health/ready', 0)).toEqual({ code: 503, body: { status: 'unavailable' } });
  });

  test.each([
    ['ready', 200],
    ['degraded', 200],
    ['unavailable', 503],
    ['shutting down', 503],
  ] as const)('that reports %s responds with %i', (status, code) => {
    const { board, at } = boardAt(0);
    board.report('ready');
    board.report(status);
    expect(at('/health/ready', 1)).toEqual({ code, body: { status } });
    expect(at('/health/live', 1)?.code).toBe(200);
  });

  test('has nothing at other paths', () => {
    expect(boardAt(0).at('/graphql', 0)).toBeUndefined();
  });
});
