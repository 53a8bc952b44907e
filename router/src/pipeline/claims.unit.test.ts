import { describe, expect, test } from 'vitest';
import { callerOf } from './claims.ts';

/** As they come out of a token. */
const callerFrom = (json: string, rolesClaim = 'roles') => callerOf('kim', JSON.parse(json), rolesClaim);

describe('roles', () => {
  test.each([
    ['{"roles":["staff"]}', ['staff']],
    ['{"roles":["operator","unknown","customer","operator"]}', ['customer', 'operator']],
    ['{"roles":"staff operator"}', ['staff', 'operator']],
    ['{"roles":[]}', ['customer']],
    ['{}', ['customer']],
    ['{"roles":null}', ['customer']],
    ['{"roles":{"staff":true}}', ['customer']],
    ['{"roles":[["staff"],{"0":"staff"}]}', ['customer']],
    ['{"roles":["Staff"," staff","staff "]}', ['customer']],
    ['{"roles":"staff,operator"}', ['customer']],
    ['{"role":"staff","groups":["staff"]}', ['customer']],
    ['{"__proto__":{"roles":["staff"]}}', ['customer']],
    ['{"constructor":{"prototype":{"roles":["staff"]}}}', ['customer']],
    ['{"roles":{"length":1,"0":"staff"}}', ['customer']],
    ['{"roles":["customer"],"roles":["staff"]}', ['staff']],
  ])('of %s are %j', (json, roles) => {
    expect(callerFrom(json)).toEqual({ subject: 'kim', roles, scopes: [] });
  });

  test.each([
    ['realm_access.roles', '{"realm_access":{"roles":["staff"]},"roles":["operator"]}'],
    [
      'https://airline.example/roles',
      '{"https://airline.example/roles":["staff"],"https://airline":{"x":1}}',
    ],
    ['a.b', '{"a.b":["staff"],"a":{"b":["operator"]}}'],
  ])('are found at %s', (path, json) => {
    expect(callerFrom(json, path).roles).toEqual(['staff']);
  });

  test.each([
    ['realm_access.roles', '{"realm_access":"roles"}'],
    ['realm_access.roles', '{"realm_access":null}'],
    ['roles.length', '{"roles":["staff"]}'],
    ['__proto__.constructor', '{}'],
    ['toString.name', '{}'],
  ])('are not found at %s of %s', (path, json) => {
    expect(callerFrom(json, path).roles).toEqual(['customer']);
  });
});

test('scopes are those of both claims, each once, in one order', () => {
  const { scopes } = callerFrom('{"scope":"write read","scp":["read","admin",7]}');
  expect(scopes).toEqual(['admin', 'read', 'write']);
  expect(callerFrom('{"scp":"read  write"}').scopes).toEqual(['read', 'write']);
  expect(callerFrom('{"scope":{"read":true}}').scopes).toEqual([]);
});
