import { describe, expect, test } from 'vitest';
import { type AddressOptions, createAddressOf } from './address.ts';

const addressOf = (options: AddressOptions, remoteAddress: string | undefined, forwarded?: string) =>
  createAddressOf(options)({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } });

describe('the address of a client', () => {
  test.each([
    ['IPv4', '192.0.2.1', '192.0.2.1'],
    ['IPv4, mapped into IPv6', '::ffff:192.0.2.1', '192.0.2.1'],
    ['IPv4, mapped in hexadecimals', '::FFFF:C000:0201', '192.0.2.1'],
    ['IPv6, by its network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['IPv6, shortened', '2001:db8::6', '2001:db8:0:0::/64'],
    ['IPv6, written at length', '2001:0DB8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2::/64'],
    ['IPv6, with a zone', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['the loopback of IPv6', '::1', '0:0:0:0::/64'],
    ['a peer that has gone', undefined, 'unknown'],
  ])("is the peer's: %s", (_what, peer, address) => {
    expect(addressOf({}, peer)).toBe(address);
  });

  test('is not what a header says where none is configured', () => {
    expect(addressOf({}, '10.0.0.1', '192.0.2.1')).toBe('10.0.0.1');
  });

  test.each([
    ['one address', 1, '192.0.2.1', '192.0.2.1'],
    [
      'the last, which the proxy has added; what stands before it is the claim of its peer',
      1,
      '203.0.113.9, 192.0.2.1',
      '192.0.2.1',
    ],
    ['the one that the outer of two proxies has added', 2, '203.0.113.9,192.0.2.1, 10.0.0.2', '192.0.2.1'],
    ['with a port', 1, '192.0.2.1:4711', '192.0.2.1'],
    ['IPv6 with a port', 1, '[2001:db8::6]:4711', '2001:db8:0:0::/64'],
    ['IPv6 in brackets', 1, '[2001:db8::6]', '2001:db8:0:0::/64'],
    ['IPv6', 1, '2001:db8::6', '2001:db8:0:0::/64'],
  ])('comes from the configured header: %s', (_what, hops, forwarded, address) => {
    expect(addressOf({ header: 'x-forwarded-for', hops }, '10.0.0.1', forwarded)).toBe(address);
  });

  test.each([
    ['is missing', 1, undefined],
    ['is empty', 1, ''],
    ['has no address', 1, 'unknown'],
    ['has a name of a host', 1, 'localhost'],
    ['ends without an address, whatever stands before', 1, '192.0.2.1, x'],
    ['lists fewer addresses than there are proxies', 3, '192.0.2.1, 192.0.2.2'],
    ['has an address that is none', 1, '999.0.0.1'],
  ])('is that of the peer where the header %s', (_what, hops, forwarded) => {
    expect(addressOf({ header: 'x-forwarded-for', hops }, '10.0.0.1', forwarded)).toBe('10.0.0.1');
  });
});
