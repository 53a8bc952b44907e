import { expect, test } from 'vitest';
import { secretsIn } from './forms.ts';

const secret = 'p"ss/wörd\\ & more+than/enough of it';
const secrets = { password: secret, other: 'something else entirely' };

test.each([
  ['as it is', secret],
  ['in JSON', JSON.stringify({ url: secret })],
  ['in JSON in JSON', JSON.stringify(JSON.stringify({ url: secret }))],
  ['in a URL', `redis://:${encodeURIComponent(secret)}@127.0.0.1`],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in Basic credentials', `Basic ${Buffer.from(`me:${secret}`).toString('base64')}`],
  ['in base64url within more', Buffer.from(`{"password":"${secret}"}`).toString('base64url')],
  ['in hexadecimals', Buffer.from(secret).toString('hex').toUpperCase()],
  ['cut short', secret.slice(0, 20)],
  ['without its beginning', secret.slice(15)],
])('a secret is found %s', (_form, text) => {
  expect(secretsIn(`before ${text} after`, secrets)).toEqual(['password']);
});

test('nothing is found where there is none', () => {
  expect(secretsIn('before p"ss/ after, something', secrets)).toEqual([]);
});
