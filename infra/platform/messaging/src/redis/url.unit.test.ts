import { describe, expect, test } from 'vitest';
import { describeTarget, parseRedisUrl } from './url.ts';

describe('the URL of a Redis', () => {
  test('may be that of a server', () => {
    const server = { kind: 'server', tls: false, account: {}, database: 0 };
    expect(parseRedisUrl('redis://h')).toEqual({ ...server, hosts: [{ host: 'h', port: 6379 }] });
    expect(parseRedisUrl('redis://10.0.0.1:7000/2')).toEqual({
      ...server,
      hosts: [{ host: '10.0.0.1', port: 7000 }],
      database: 2,
    });
    expect(parseRedisUrl('rediss://user:p%40s%3As@[::1]:7000/')).toEqual({
      ...server,
      hosts: [{ host: '::1', port: 7000 }],
      tls: true,
      account: { username: 'user', password: 'p@s:s' },
    });
    expect(parseRedisUrl('redis://:secret@h')).toMatchObject({ account: { password: 'secret' } });
  });

  test('may be that of Sentinels, who know where the master is', () => {
    expect(parseRedisUrl('redis+sentinel://a:1,b,[::1]:3/my%20master')).toEqual({
      kind: 'sentinel',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 26_379 },
        { host: '::1', port: 3 },
      ],
      master: 'my master',
      tls: false,
      account: {},
      sentinelAccount: {},
      database: 0,
    });
    expect(
      parseRedisUrl('rediss+sentinel://u:p@a/m/3?sentinelPassword=q%26r&sentinelUsername=s'),
    ).toMatchObject({
      tls: true,
      account: { username: 'u', password: 'p' },
      sentinelAccount: { username: 's', password: 'q&r' },
      database: 3,
    });
  });

  test('may be that of a cluster, of which some nodes are enough', () => {
    expect(parseRedisUrl('rediss+cluster://:p@a:1,b')).toEqual({
      kind: 'cluster',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 6379 },
      ],
      tls: true,
      account: { password: 'p' },
      database: 0,
    });
  });

  test.each([
    '',
    'h:6379',
    'http://h',
    'redis://',
    'redis://a,b',
    'redis://h:0',
    'redis://h:65536',
    'redis://h:x',
    'redis://h/x',
    'redis://h/1/2',
    'redis://h?family=6',
    'redis://u:%zz@h',
    'redis+sentinel://a,b',
    'redis+sentinel://a,,b/m',
    'redis+sentinel://a/m?password=p',
    'redis+cluster://a,b/1',
    'redis+cluster://a?sentinelPassword=p',
    'redis+other://a',
  ])('is refused without being shown: %s', (text) => {
    const refused = () => parseRedisUrl(text.replace('//', '//name:hidden@').replace('@u:', '@'));
    expect(refused).toThrow(/^Invalid Redis URL: use redis:\/\/host:port, /);
    expect(refused).not.toThrow(/hidden/);
  });

  test.each([
    ['redis://u:p@h', 'redis://h:6379'],
    ['rediss://[::1]/1', 'rediss://[::1]:6379/1'],
    ['redis+sentinel://u:p@a,b:1/m?sentinelPassword=p', 'redis+sentinel://a:26379,b:1/m'],
    ['rediss+cluster://u:p@a,b:1', 'rediss+cluster://a:6379,b:1'],
  ])('is described without accounts: %s', (text, description) => {
    expect(describeTarget(parseRedisUrl(text))).toBe(description);
  });
});
