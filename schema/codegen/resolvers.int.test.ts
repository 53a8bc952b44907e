import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { generate } from '@graphql-codegen/cli';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolverTypes } from './config.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const SERVICE = path.join(ROOT, 'infra/platform/service');

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@key", "@listSize", "@policy", "@shareable", "@tag"])
  enum Area { NORTH SOUTH }
  type Query { gate(id: ID!): Gate gates: GateConnection! }
  type Subscription { gateOpened: Gate! }
  type Gate @key(fields: "id") { id: ID! code: String! note: String flight: Flight! }
  type Flight @key(fields: "id") { id: ID! gates: GateConnection! }
`;
const TABLES = 'export type GateRow = { id: string; code: string; note: string | null; flightId: string };';
const MAP = `
  Query: { gate: (_parent, { id }) => row(id), gates: () => page },
  Subscription: { gateOpened: { subscribe: () => opened() } },
  Gate: { __resolveReference: ({ id }) => row(id), flight: ({ flightId }) => ({ id: flightId }) },
  Flight: { gates: () => page },
`;

interface Variant {
  sdl?: [string, string];
  tables?: [string, string];
  map?: [string, string];
}

/** What is changed of a subgraph that compiles, and the one error that names it. */
const REFUSED: Record<string, Variant & { error: RegExp }> = {
  'field-without-column': { sdl: ['note:', 'area: String note:'], error: /Property 'area' is missing/ },
  'field-of-another-type': { sdl: ['code: String!', 'code: Int!'], error: /Property 'code' is missing/ },
  'column-that-may-be-null': { sdl: ['note: String', 'note: String!'], error: /Property 'note' is missing/ },
  'nullable-field-of-a-column-that-is-never-null': {
    sdl: ['code: String!', 'code: String'],
    error: /Property 'code' is missing/,
  },
  'enum-with-a-value-that-the-column-lacks': {
    sdl: ['note:', 'area: Area! note:'],
    tables: ['note:', "area: 'NORTH'; note:"],
    error: /Property 'area' is missing/,
  },
  'nullable-list-of-an-enum-with-a-value-that-the-column-lacks': {
    sdl: ['note:', 'areas: [Area!] note:'],
    tables: ['note:', "areas: 'NORTH'[] | null; note:"],
    error: /Property 'areas' is missing/,
  },
  'type-left-out': { map: ['Flight: { gates: () => page },', ''], error: /Property 'Flight' is missing/ },
  'query-left-out': { map: [', gates: () => page', ''], error: /Property 'gates' is missing/ },
  'subscription-left-out': {
    map: ['Subscription: { gateOpened: { subscribe: () => opened() } },', ''],
    error: /Property 'Subscription' is missing/,
  },
  'entity-without-reference': {
    map: ['__resolveReference: ({ id }) => row(id),', ''],
    error: /Property '__resolveReference' is missing/,
  },
  'reference-instead-of-row': {
    map: ['=> row(id), flight', '=> ({ id }), flight'],
    error: /code, note, flightId/,
  },
  'resolver-of-no-field': { map: ['flight: (', 'area: () => 1, flight: ('], error: /'area' does not exist/ },
  'resolver-of-no-type': { map: ['Flight: {', 'Area: {}, Flight: {'], error: /'Area' does not exist/ },
};
const ACCEPTED: Record<string, Variant> = {
  whole: {},
  'reference-with-resolver': { map: ['Flight: {', 'Flight: { __resolveReference: ({ id }) => ({ id }),'] },
  'field-with-column': { sdl: ['note:', 'area: Int! note:'], tables: ['note:', 'area: number; note:'] },
  'enum-with-column': {
    sdl: ['note:', 'area: Area note:'],
    tables: ['note:', "area: 'NORTH' | 'SOUTH' | null; note:"],
  },
  'enum-with-resolver': {
    sdl: ['note:', 'area: Area! note:'],
    tables: ['note:', "area: 'NORTH'; note:"],
    map: ['flight: (', 'area: ({ area }) => area, flight: ('],
  },
  'text-of-a-column-of-few-values': {
    sdl: ['note:', 'area: String! note:'],
    tables: ['note:', "area: 'NORTH'; note:"],
  },
  'field-with-resolver': {
    sdl: ['note:', 'area: Int note:'],
    map: ['flight: (', 'area: () => 1, flight: ('],
  },
  'nullable-field-with-resolver': {
    sdl: ['code: String!', 'code: String'],
    map: ['flight: (', 'code: ({ code }) => code, flight: ('],
  },
};

let folder: string;
let errors: string[];

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

async function writeVariant(name: string, { sdl, tables, map }: Variant): Promise<void> {
  const changed = (text: string, change?: [string, string]) => {
    if (change && !text.includes(change[0])) throw new Error(`${name} changes nothing.`);
    return change ? text.replace(...change) : text;
  };
  await write(`${name}/schema.graphql`, changed(SDL, sdl));
  await write(`${name}/src/store/tables.ts`, changed(TABLES, tables));
  await write(`${name}/src/context.ts`, 'export type Context = { token: string };');
  await write(
    `${name}/src/resolvers.ts`,
    `import type { Connection } from '@airline/service';
    import type { SubgraphResolvers } from './generated/resolvers.ts';
    import type { GateRow } from './store/tables.ts';
    declare const row: (id: string) => Promise<GateRow | undefined>;
    declare const page: Promise<Connection<GateRow>>;
    declare const opened: () => AsyncIterable<{ gateOpened: GateRow }>;
    export const resolvers = {${changed(MAP, map)}} satisfies SubgraphResolvers;`,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'resolvers-'));
  const variants = Object.entries({ ...REFUSED, ...ACCEPTED });
  await Promise.all(variants.map(([name, variant]) => writeVariant(name, variant)));
  const generates = Object.assign({}, ...variants.map(([name]) => resolverTypes(path.join(folder, name))));
  for (const { filename, content } of await generate({ generates, cwd: ROOT, silent: true }, false))
    await write(path.relative(folder, filename), content);
  await symlink(path.join(SERVICE, 'node_modules'), path.join(folder, 'node_modules'));
  const compilerOptions = {
    paths: { '@airline/service': [path.join(SERVICE, 'src/index.ts')] },
    typeRoots: [path.join(ROOT, 'node_modules/@types')],
  };
  await write('package.json', '{ "type": "module" }');
  await write(
    'tsconfig.json',
    JSON.stringify({ extends: path.join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*/src'] }),
  );
  const tsc = promisify(execFile)(process.execPath, [
    path.join(ROOT, 'node_modules/typescript/bin/tsc'),
    '--pretty',
    'false',
    '--project',
    folder,
  ]);
  const { stdout } = await tsc.catch((failed: { stdout: string }) => failed);
  // An error's further lines are indented.
  errors = stdout.split(/\n(?=\S)/).filter((error) => error !== '');
});

afterAll(() => rm(folder, { recursive: true }));

describe('the generated resolver types', () => {
  const errorsOf = (name: string) => errors.filter((error) => error.includes(`/${name}/src/`));

  test.each(Object.entries(REFUSED))('refuse a %s', (name, { error }) => {
    expect(errorsOf(name)).toEqual([expect.stringMatching(error)]);
  });

  test.each(Object.keys(ACCEPTED))('accept: %s', (name) => {
    expect(errorsOf(name)).toEqual([]);
  });

  test('are the only cause of errors', () => {
    expect(errors).toHaveLength(Object.keys(REFUSED).length);
  });
});
