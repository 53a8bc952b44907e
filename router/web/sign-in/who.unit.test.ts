import { expect, test } from 'vitest';
import { claimsOf, whoOf } from './who.ts';

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const token = (claims: object) => `${encode({ alg: 'ES256' })}.${encode(claims)}.signature`;

test.each([
  ['a list', { roles: ['staff', 'other'] }, 'roles', ['staff']],
  ['several', { roles: ['operator', 'customer'] }, 'roles', ['customer', 'operator']],
  ['a text', { roles: 'staff operator' }, 'roles', ['staff', 'operator']],
  ['a path', { realm_access: { roles: ['staff'] } }, 'realm_access.roles', ['staff']],
  ['a name with dots', { 'https://a.example/roles': ['staff'] }, 'https://a.example/roles', ['staff']],
  ['none', {}, 'roles', ['customer']],
  ['an unknown one', { roles: ['boss'] }, 'roles', ['customer']],
  ['nonsense', { roles: { staff: true } }, 'roles', ['customer']],
])('roles are read from %s', (_of, claims, rolesClaim, roles) => {
  expect(whoOf(token({ sub: 'kim', ...claims }), {}, rolesClaim).roles).toEqual(roles);
});

test('someone is called by the name of their ID token, or else by their subject', () => {
  const access = token({ sub: '1' });
  expect(whoOf(access, { name: '김민준' }, 'roles')).toMatchObject({ subject: '1', name: '김민준' });
  expect(whoOf(access, { preferred_username: 'kim' }, 'roles').name).toBe('kim');
  expect(whoOf(access, {}, 'roles').name).toBe('1');
});

test('where an access token is of another form, the ID token says who it is', () => {
  const claims = { sub: 'kim', roles: ['staff'] };
  for (const opaque of ['opaque', 'a.b.c', '', `x.${encode([1])}`])
    expect(whoOf(opaque, claims, 'roles')).toMatchObject({ subject: 'kim' });
  expect(whoOf('opaque', claims, 'roles').roles).toEqual(['staff']);
});

test('claims may have any letters', () => {
  const claims = { sub: '김?>~ÿ' };
  expect(claimsOf(token(claims))).toEqual(claims);
});
