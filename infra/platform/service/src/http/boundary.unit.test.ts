import { describe, expect, test } from 'vitest';
import { type BoundaryOptions, createBoundary, isLocal } from './boundary.ts';

/** Why a request with these headers is refused, or undefined. */
function refusedBy(
  options: Partial<BoundaryOptions>,
  host: string | undefined,
  origin?: string,
  httpVersion = '1.1',
) {
  const boundary = createBoundary({ host: '127.0.0.1', ...options });
  const headers = { ...(host !== undefined && { host }), ...(origin !== undefined && { origin }) };
  return boundary({ headers, httpVersion })?.message.match(/ALLOWED_HOSTS|CORS_ORIGINS|RFC 9112/)?.[0];
}

describe('the Host of a request', () => {
  test.each(['localhost', 'LocalHost:8088', '127.0.0.1', '127.0.0.1:1', '[::1]', '[::1]:8088'])(
    'may be %s at a server that listens on loopback',
    (host) => {
      for (const address of ['127.0.0.1', 'localhost', '::1'])
        expect(refusedBy({ host: address }, host)).toBeUndefined();
    },
  );

  test('must be there, but in HTTP/1.0', () => {
    for (const options of [{}, { allowedHosts: ['*'] }])
      expect(refusedBy(options, undefined)).toBe('RFC 9112');
    expect(refusedBy({}, undefined, undefined, '1.0')).toBe('ALLOWED_HOSTS');
    expect(refusedBy({ allowedHosts: ['*'] }, undefined, undefined, '1.0')).toBeUndefined();
  });

  test.each([
    '',
    'evil.example',
    'evil.example:8088',
    'localhost.evil.example',
    'evil.example#localhost',
    'localhost@evil.example',
    'evil.example:localhost',
    'localhost:8088:evil',
    '127.0.0.1.nip.io',
    '[::1].evil.example',
    '[::2]',
    'localhost.',
    '*',
  ])('may not be %s there, which a name that leads there could be', (host) => {
    expect(refusedBy({}, host)).toBe('ALLOWED_HOSTS');
    expect(refusedBy({ allowedHosts: ['*'] }, host)).toBeUndefined();
  });

  test('may be any at a server that listens elsewhere, unless it names its own', () => {
    expect(refusedBy({ host: '0.0.0.0' }, '10.0.0.7:8088')).toBeUndefined();
    const allowedHosts = ['www.example.com', 'localhost:8088'];
    for (const host of ['www.example.com', 'www.example.com:444', 'localhost:8088'])
      expect(refusedBy({ host: '0.0.0.0', allowedHosts }, host)).toBeUndefined();
    for (const host of ['10.0.0.7:8088', 'localhost', 'localhost:8089', 'example.com'])
      expect(refusedBy({ host: '0.0.0.0', allowedHosts }, host)).toBe('ALLOWED_HOSTS');
  });
});

describe('the Origin of a request', () => {
  test('need not be there, and may be its own', () => {
    for (const origin of [undefined, 'http://localhost:8088', 'https://localhost:8088'])
      expect(refusedBy({}, 'localhost:8088', origin)).toBeUndefined();
  });

  test.each([
    'null',
    '',
    'http://evil.example',
    'http://localhost',
    'http://localhost:8089',
    'http://127.0.0.1:8088',
    'http://localhost:8088.evil.example',
    'ftp://localhost:8088',
    'localhost:8088',
    'http://localhost:8088, http://localhost:8088',
  ])('may not be "%s" unless it is allowed', (origin) => {
    expect(refusedBy({}, 'localhost:8088', origin)).toBe('CORS_ORIGINS');
    expect(refusedBy({ origins: ['https://app.example.com'] }, 'localhost:8088', origin)).toBe(
      'CORS_ORIGINS',
    );
    expect(refusedBy({ origins: [origin] }, 'localhost:8088', origin)).toBeUndefined();
    expect(refusedBy({ origins: ['*'] }, 'localhost:8088', origin)).toBeUndefined();
  });

  test('is no reason to serve a host that is not allowed', () => {
    expect(refusedBy({ origins: ['*'] }, 'evil.example', 'http://evil.example')).toBe('ALLOWED_HOSTS');
  });

  test('has the scheme https where clients come by TLS alone', () => {
    const options = { host: '0.0.0.0', isSecure: true };
    expect(refusedBy(options, 'a.example', 'https://a.example')).toBeUndefined();
    expect(refusedBy(options, 'a.example', 'http://a.example')).toBe('CORS_ORIGINS');
  });
});

describe('a request of this machine', () => {
  const from = (remoteAddress: string | undefined, headers: Record<string, string>) =>
    isLocal({ headers, socket: { remoteAddress } as Parameters<typeof isLocal>[0]['socket'] });

  test.each(['127.0.0.1', '127.0.0.9', '::1', '::ffff:127.0.0.1'])('comes from %s', (address) => {
    expect(from(address, { host: 'localhost:8088' })).toBe(true);
    expect(from(address, { host: '[::1]:8088' })).toBe(true);
  });

  test('comes from no other, by no proxy and to no other host', () => {
    expect(from('192.0.2.1', { host: 'localhost' })).toBe(false);
    expect(from('::ffff:192.0.2.1', { host: 'localhost' })).toBe(false);
    expect(from(undefined, { host: 'localhost' })).toBe(false);
    expect(from('127.0.0.1', { host: 'airline.example.com' })).toBe(false);
    expect(from('127.0.0.1', {})).toBe(false);
    for (const name of ['x-forwarded-for', 'forwarded'])
      expect(from('127.0.0.1', { host: 'localhost', [name]: 'for=192.0.2.1' })).toBe(false);
  });
});
