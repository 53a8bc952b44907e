import { describe, expect, test } from 'vitest';
import { RequestError } from '../errors/errors.ts';
import { MAX_PAGE_SIZE, type PageArguments, pageQuery } from './page.ts';

const cursor = (value: string) => Buffer.from(value).toString('base64url');

describe('the arguments of a connection', () => {
  test.each<[PageArguments, object]>([
    [{}, { limit: 21, backwards: false }],
    [
      { first: null, after: null, last: null, before: null },
      { limit: 21, backwards: false },
    ],
    [{ first: 0 }, { limit: 1, backwards: false }],
    [{ first: 1 }, { limit: 2, backwards: false }],
    [{ first: MAX_PAGE_SIZE }, { limit: 101, backwards: false }],
    [{ last: 0 }, { limit: 1, backwards: true }],
    [
      { last: 100, first: null },
      { limit: 101, backwards: true },
    ],
    [
      { first: 2, after: cursor('b') },
      { limit: 3, backwards: false, after: ['b'] },
    ],
    [
      { last: 2, before: cursor('ü~?') },
      { limit: 3, backwards: true, before: ['ü~?'] },
    ],
    [
      { after: cursor('a'), before: cursor('c') },
      { limit: 21, backwards: false, after: ['a'], before: ['c'] },
    ],
  ])('%j ask for one row more than the page', (args, query) => {
    expect(pageQuery(args)).toEqual({ after: undefined, before: undefined, ...query });
  });

  test.each<[PageArguments, string]>([
    [{ first: -1 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: 2 ** 31 - 1 }, 'first'],
    [{ last: -1 }, 'last'],
    [{ last: 101 }, 'last'],
    [{ first: 1, last: 1 }, 'last'],
    [{ first: 0, last: 0 }, 'last'],
    [{ after: '' }, 'after'],
    [{ before: '' }, 'before'],
    [{ after: 'no cursor' }, 'after'],
    [{ after: `${cursor('a')}=` }, 'after'],
    [{ before: 'a' }, 'before'],
    // Base64 of bytes that are no text.
    [{ after: '_-8' }, 'after'],
    [{ before: `${cursor('b')}!` }, 'before'],
    // What PostgreSQL does not take for a text.
    [{ after: cursor('a\0') }, 'after'],
  ])('%j are refused, and the field is named', (args, field) => {
    const refused = expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field } });
    expect(() => pageQuery(args)).toThrow(refused);
    expect(() => pageQuery(args)).toThrow(RequestError);
    expect(() => pageQuery(args)).toThrow(new RegExp(`"?${field}"?`));
  });
});
