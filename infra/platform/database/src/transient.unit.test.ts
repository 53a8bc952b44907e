import { describe, expect, test } from 'vitest';
import { isTransient } from './transient.ts';

const withCode = (code: unknown) => Object.assign(new Error('failed'), { code });

describe('a failure', () => {
  test.each([
    'SQLITE_BUSY',
    'SQLITE_BUSY_SNAPSHOT',
    'SQLITE_LOCKED',
    'SQLITE_FULL',
    'SQLITE_IOERR_WRITE',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    '08006',
    '40001',
    '40P01',
    '53300',
    '55P03',
    '57014',
    '57P01',
    '25006',
  ])('of code %s passes', (code) => {
    expect(isTransient(withCode(code))).toBe(true);
    expect(isTransient(new Error('query failed', { cause: withCode(code) }))).toBe(true);
  });

  test.each([
    'SQLITE_CONSTRAINT_PRIMARYKEY',
    'SQLITE_CORRUPT',
    'SQLITE_ERROR',
    '23505',
    '42P01',
    '5',
    '',
    5,
    undefined,
  ])('of code %s does not', (code) => {
    expect(isTransient(withCode(code))).toBe(false);
  });

  test('that is no error does not', () => {
    expect([undefined, null, 'SQLITE_BUSY', { code: 'SQLITE_BUSY' }].map(isTransient)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
