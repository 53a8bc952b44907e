import { describe, expect, test } from 'vitest';
import { isTransient, isUnavailable } from './transient.ts';

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
    // A login, a name, a right or a table that is about to come back.
    '28000',
    '28P01',
    '3D000',
    '42501',
    '42P01',
    '57P03',
    '0A000',
    'SQLITE_READONLY',
    'SQLITE_CANTOPEN',
    'SQLITE_CORRUPT',
    'SQLITE_ERROR',
    'ENOENT',
    'EMFILE',
    'EADDRNOTAVAIL',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'CERT_HAS_EXPIRED',
    'SOMETHING_NEW',
  ])('of code %s passes', (code) => {
    expect(isTransient(withCode(code))).toBe(true);
    expect(isTransient(new Error('query failed', { cause: withCode(code) }))).toBe(true);
  });

  test.each([
    'SQLITE_CONSTRAINT_PRIMARYKEY',
    'SQLITE_MISMATCH',
    'SQLITE_TOOBIG',
    '21000',
    '22P05',
    '23505',
    '54000',
    'ERR_INVALID_ARG_TYPE',
    'ERR_OUT_OF_RANGE',
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

describe('a database that cannot be opened', () => {
  test.each(['SQLITE_BUSY', 'ECONNREFUSED', '08006', '57P03', '53300'])('is waited for: %s', (code) => {
    expect(isUnavailable(withCode(code))).toBe(true);
    expect(isUnavailable(new Error('failed', { cause: withCode(code) }))).toBe(true);
  });

  test.each(['28P01', '3D000', '42501', '42P01', 'SQLITE_CANTOPEN', 'SQLITE_ERROR', undefined])(
    'is to be corrected: %s',
    (code) => {
      expect(isUnavailable(withCode(code))).toBe(false);
    },
  );
});
