import { describe, expect, test } from 'vitest';
import { createLogger, type LoggerOptions } from './index.ts';

function logging(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: createLogger({ service: 'flight', pretty: false, destination, ...options }), lines };
}

describe('a logger', () => {
  test('writes one JSON object a line, with its service, a level in words and an ISO time', () => {
    const { logger, lines } = logging();
    logger.info({ flightId: 'f1' }, 'registered');
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({ service: 'flight', level: 'info', flightId: 'f1', msg: 'registered' });
    expect(new Date(line.time).toISOString()).toBe(line.time);
  });

  test('drops what is below its level', () => {
    const { logger, lines } = logging({ level: 'warn' });
    logger.info('quiet');
    logger.warn('loud');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['loud']);
  });

  test('keeps the stack of an error', () => {
    const { logger, lines } = logging();
    logger.error({ err: new Error('no seats') }, 'failed');
    expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
      message: 'no seats',
      stack: expect.stringContaining('at '),
    });
  });

  test.each([
    { authorization: 'Bearer s3cret' },
    { headers: { authorization: 'Bearer s3cret' } },
    { headers: { Authorization: 'Bearer s3cret' } },
    { req: { headers: { authorization: 'Bearer s3cret', cookie: 's3cret' } } },
    { request: { raw: { headers: { 'proxy-authorization': 's3cret' } } } },
    { res: { headers: { 'set-cookie': 's3cret' } } },
  ])('redacts credentials in %j', (fields) => {
    const { logger, lines } = logging();
    logger.info({ ...fields, kept: 'yes' }, 'request');
    expect(lines[0]).not.toContain('s3cret');
    expect(lines[0]).toContain('[redacted]');
    expect(lines[0]).toContain('"kept":"yes"');
  });

  test('writes for people when asked to, and redacts there too', () => {
    const { logger, lines } = logging({ pretty: true });
    logger.info({ headers: { authorization: 'Bearer s3cret' } }, 'registered');
    expect(lines.join('')).toMatch(/INFO.*flight: registered/);
    expect(lines.join('')).not.toContain('s3cret');
  });
});
