import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseEnvs } from './env.ts';
import { envVar } from './env-var.ts';
import { secrecyOf, secretsIn } from './secret.ts';
import { serviceVariables } from './service-config.ts';

test.each([
  ['a token', envVar.token, 'k', ['k']],
  ['a secret that signs', envVar.secret, 's'.repeat(32), ['s'.repeat(32)]],
  ['a URL', envVar.url('https'), 'https://user:p%40ss@host/path', ['p%40ss']],
  ['a URL of an account without a name', envVar.redisUrl, 'rediss://:secret@host:10000', ['secret']],
  [
    'a URL of several hosts',
    envVar.redisUrl,
    'redis+sentinel://u:a@h:1,i:2/m?sentinelPassword=b',
    ['a', 'b'],
  ],
  ['a URL with a password of its query', envVar.url('https'), 'https://host?password=p', ['p']],
  ['a URL without a password', envVar.url('https'), 'https://user@host:443/a:b@c', []],
  ['a text', envVar.text, 'k', []],
])('%s has its secrets', (_kind, schema, value, secrets) => {
  expect(secretsIn(schema, value)).toEqual(secrets);
});

test.each([
  ['optional', envVar.token.optional().describe('')],
  ['with a default', envVar.token.default('k').describe('')],
  ['refined', envVar.token.refine((text) => text !== '').nullable()],
  ['transformed', envVar.token.transform((text) => text.toUpperCase()).readonly()],
])('a variable stays a secret one where it is %s', (_how, schema) => {
  expect(secrecyOf(schema)).toBe('text');
});

test('a database, which may have a password, is a secret one, and what is no secret is none', () => {
  const { FLIGHT_DB_URL, REDIS_URL, SUBGRAPH_SECRET, HOST } = serviceVariables('flight', {});
  const marks = [FLIGHT_DB_URL, REDIS_URL, SUBGRAPH_SECRET, HOST].map(
    (schema) => schema && secrecyOf(schema),
  );
  expect(marks).toEqual(['url', 'url', 'text', undefined]);
});

test('no message shows a token', () => {
  const strict = envVar.token.refine((text) => text.startsWith('k'), { error: 'is invalid' });
  const read = () => parseEnvs('flight', [z.object({ API_KEY: strict })], { API_KEY: 's3cret' });
  expect(read).toThrow('API_KEY is invalid');
  expect(read).not.toThrow(/s3cret/);
});
