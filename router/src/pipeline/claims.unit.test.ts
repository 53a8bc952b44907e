import { createSignCaller, createVerifyCaller } from '@airline/service/caller-token';
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
    expect(callerFrom(json, path)?.roles).toEqual(['staff']);
  });

  test.each([
    ['realm_access.roles', '{"realm_access":"roles"}'],
    ['realm_access.roles', '{"realm_access":null}'],
    ['roles.length', '{"roles":["staff"]}'],
    ['__proto__.constructor', '{}'],
    ['toString.name', '{}'],
  ])('are not found at %s of %s', (path, json) => {
    expect(callerFrom(json, path)?.roles).toEqual(['customer']);
  });
});

test('scopes are those of both claims, each once, in one order', () => {
  const scopesOf = (json: string) => callerFrom(json)?.scopes;
  expect(scopesOf('{"scope":"write read","scp":["read","admin",7]}')).toEqual(['admin', 'read', 'write']);
  expect(scopesOf('{"scp":"read  write"}')).toEqual(['read', 'write']);
  expect(scopesOf('{"scope":{"read":true}}')).toEqual([]);
});

describe('as many scopes as subgraphs can be told', () => {
  const BRACKETS_AND_QUOTES = 4;
  const callerWith = (scope: string, subject = 'kim') => callerOf(subject, { scope }, 'roles');

  test.each([
    ['x', 1],
    ['고', 3],
    ['\ud800', 6],
  ])('are 4 KiB of "%s"', (character, bytes) => {
    const most = Math.floor((4_096 - BRACKETS_AND_QUOTES) / bytes);
    expect(callerWith(character.repeat(most))).toBeDefined();
    expect(callerWith(character.repeat(most + 1))).toBeUndefined();
  });

  test('fit into a header beside the longest subject, of all roles', () => {
    const options = { secret: 'a secret of router and subgraphs', now: () => 1_790_000_000_000 };
    const scope = 'x'.repeat(4_096 - BRACKETS_AND_QUOTES);
    const caller = callerOf('\0'.repeat(255), { scope, roles: 'customer staff operator' }, 'roles');
    if (!caller) throw new Error('It is refused.');
    const token = createSignCaller(options)('reservation', { caller, kind: 'mutation', text: '' });
    expect(createVerifyCaller('reservation', options)(token)?.caller).toEqual(caller);
  });
});
