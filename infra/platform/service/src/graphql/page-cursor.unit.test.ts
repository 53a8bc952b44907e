import type { Place } from '@airline/database';
import { describe, expect, test } from 'vitest';
import { type CursorOrder, decodeCursor, encodeCursor } from './page-cursor.ts';

const cost: CursorOrder = { name: 'COST', type: 'number' };
const code: CursorOrder = { name: 'CODE', type: 'string' };

describe('a cursor', () => {
  test.each<[Place, CursorOrder | undefined]>([
    [['a'], undefined],
    // A customer chooses this id.
    [['["COST",1,"x"]'], undefined],
    [['COST 1 x'], undefined],
    [[200_000, 'a'], cost],
    [[-1, 'a'], cost],
    [['KE 001 ü', 'a'], code],
    [['', 'a'], code],
  ])('%j is read as it was written', (place, order) => {
    expect(decodeCursor('after', encodeCursor(place, order), order)).toEqual(place);
  });

  test.each<[CursorOrder | undefined, CursorOrder | undefined]>([
    [cost, code],
    [cost, undefined],
    [undefined, cost],
  ])('of %j is refused by name for %j', (from, to) => {
    const cursor = encodeCursor(from ? [1, 'a'] : ['a'], from);
    expect(() => decodeCursor('before', cursor, to)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('"before" is a cursor of another order'),
        extensions: { code: 'BAD_USER_INPUT', field: 'before' },
      }),
    );
  });

  test.each([
    'COST\0one\0a',
    'COST\x001.5\0a',
    'COST\x009007199254740993\0a',
    'COST\0\0a',
    'COST\x001\0',
    'COST\x001\0a\0b',
    'COST\0a',
    '\0\0',
    'COST\x001\0a\ud800',
  ])('with the text %j is refused as unknown', (text) => {
    const cursor = Buffer.from(text).toString('base64url');
    const refused = expect.objectContaining({ message: expect.stringContaining('unknown cursor') });
    // A surrogate alone becomes U+FFFD on the way, which is a text like any other.
    if (text.isWellFormed()) expect(() => decodeCursor('after', cursor, cost)).toThrow(refused);
    else expect(decodeCursor('after', cursor, cost)).toEqual([1, 'a\ufffd']);
  });
});
