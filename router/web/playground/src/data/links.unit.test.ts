import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf, isSame, linkedBy, linkTo } from './links.ts';

const page = new URL('http://127.0.0.1:8088/playground?lang=ko&query=old#x');
const saved = {
  query: '# 항공편\nquery A($id: ID!) { flight(id: $id) { id } }',
  variables: '{\n  "id": "a&b=c"\n}',
};

test('a link opens the operation that it was made of', () => {
  const link = linkTo(page, saved);
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:8088\/playground\?query=/);
  expect(linkedBy(new URL(link).search)).toEqual(saved);
});

test('variables of a link are indented if they are JSON', () => {
  expect(linkedBy('?query={a}&variables={"id":1}')?.variables).toBe('{\n  "id": 1\n}');
  expect(linkedBy('?query={a}&variables={')?.variables).toBe('{');
  expect(linkedBy('?variables={}')).toBeUndefined();
});

test.each([
  ['{ a }', '', 'query {\n  a # of b\n}', '{ }', true],
  ['query A($id: ID) { a(id: $id) }', '{"id":1}', 'query A($id: ID) { a(id: $id) }', '{\n  "id": 1\n}', true],
  ['query A { a }', '{"id":1}', 'query A { a }', '{"id":2}', false],
  ['query A { a }', '', 'query B { a }', '', false],
  ['query A {', '', ' query A {', '', true],
  ['query A {', '{', 'query A {', '', false],
])('%s with %s is %s with %s, however it is laid out', (query, variables, other, others, expected) => {
  expect(isSame({ query, variables }, { query: other, variables: others })).toBe(expected);
});

const graphUrl = new URL('http://127.0.0.1:8088/graphql');
const sendable = {
  query: '{ a(text: "it\'s") }',
  variables: { $HOME: '`x`' },
  operationName: undefined,
  headers: {},
  isSubscription: false,
  hasSession: false,
};

/** The arguments that a shell would call curl with. */
const argumentsOf = (command: string) =>
  execFileSync('sh', ['-c', command.replace(/^curl/, 'printf "%s\\0"')], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

test('a command for curl has what the page sends, whatever is in it', () => {
  expect(argumentsOf(curlOf(graphUrl, sendable))).toEqual([
    graphUrl.href,
    '-H',
    'content-type: application/json',
    '-H',
    'accept: application/json',
    '--data-raw',
    JSON.stringify({ query: sendable.query, variables: sendable.variables }),
  ]);
});

test('it has a token that was written, but never that of the session', () => {
  const signedIn = { ...sendable, hasSession: true };
  expect(curlOf(graphUrl, signedIn)).toContain('"authorization: Bearer $TOKEN"');
  const own = curlOf(graphUrl, { ...signedIn, headers: { Authorization: 'Bearer mine' } });
  expect(own).toContain("'Authorization: Bearer mine'");
  expect(own).not.toContain('$TOKEN');
});

test('a subscription is streamed', () => {
  const command = curlOf(graphUrl, { ...sendable, isSubscription: true });
  expect(command).toContain("curl -N 'http://127.0.0.1:8088/graphql/stream'");
  expect(command).toContain('accept: text/event-stream');
});
