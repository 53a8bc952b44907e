import { recording } from '@airline/observability/recorded-lines';
import { describe, expect, test } from 'vitest';
import { isLoopback, refuseOpen, warnOpen } from './open.ts';

const remedy = 'set JWT_ISSUER';

describe('an open server', () => {
  test.each([
    '127.0.0.1',
    '127.8.9.10',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    'localhost',
    'LOCALHOST',
  ])('listens on %s, which only this machine reaches', (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(() => refuseOpen({ host, open: false, remedy })).not.toThrow();
  });

  test.each([
    '0.0.0.0',
    '::',
    '0',
    '10.0.0.1',
    '128.0.0.1',
    '::ffff:10.0.0.1',
    'localhost.example',
    '127.1',
    '',
  ])('listens on "%s" only with OPEN=true', (host) => {
    expect(isLoopback(host)).toBe(false);
    expect(() => refuseOpen({ host, open: false, remedy })).toThrow(
      `HOST is ${host}, where anyone who reaches it may do everything; set JWT_ISSUER, or OPEN=true`,
    );
    expect(() => refuseOpen({ host, open: true, remedy })).not.toThrow();
  });

  test('says so in its log', () => {
    const { logger, lines } = recording();
    warnOpen(logger, { host: '127.0.0.1', remedy });
    expect(lines).toMatchObject([
      { level: 'warn', msg: expect.stringContaining('anyone'), host: '127.0.0.1' },
    ]);
  });
});
