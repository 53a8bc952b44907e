import { globSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startChild } from '@airline/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

const REFUSED = [
  ['schema/events/a.ts', `import '@airline/messaging';`],
  ['schema/events/b.ts', `import '../../../subgraphs/flight/src/main.ts';`],
  ['infra/platform/messaging/src/a.ts', `import '@airline/flight';`],
  ['infra/platform/messaging/src/b.ts', `import '@airline/flight/domain/flight';`],
  ['infra/platform/messaging/src/c.ts', `export * from '@airline/router';`],
  ['infra/platform/messaging/src/d.ts', `export const local = import('@airline/local');`],
  ['infra/platform/messaging/src/e.ts', `import '../../database/src/store.ts';`],
  ['infra/platform/service/src/a.ts', `import '../../../subgraphs/flight/src/main.ts';`],
  [
    'subgraphs/flight/src/policies/a.ts',
    `import type { Payment } from '@airline/payment';\nexport type P = Payment;`,
  ],
  ['subgraphs/flight/src/policies/b.ts', `import '../../../payment/src/main.ts';`],
  ['subgraphs/flight/src/b.ts', `import '../../payment/src/main.ts';`],
  ['subgraphs/flight/src/c.ts', `import '@airline/router';`],
  ['subgraphs/flight/src/d.ts', `import '@airline/one-of-tomorrow';`],
  ['subgraphs/flight/src/e.ts', `import '../../one-of-tomorrow/src/main.ts';`],
  ['router/src/a.ts', `import '@airline/reservation';`],
  ['subgraphs/flight/src/domain/a.ts', `import '@airline/database';`],
  ['subgraphs/flight/src/domain/b.ts', `import 'node:fs';`],
  ['subgraphs/flight/src/domain/c.ts', `import 'drizzle-orm';`],
  ['subgraphs/flight/src/domain/d.ts', `import '../store/tables.ts';`],
  ['subgraphs/flight/src/domain/clock.ts', 'export const at = () => new Date().toISOString();'],
  ['subgraphs/flight/src/domain/date.ts', 'export const at = () => new Date;'],
  ['subgraphs/flight/src/domain/chance.ts', 'export const isFirst = () => Math.random() < 0.5;'],
  ['subgraphs/flight/src/policies/now.ts', 'export const now = Date.now;'],
  ['subgraphs/flight/src/policies/id.ts', 'export const id = () => crypto.randomUUID();'],
  ['subgraphs/flight/src/policies/ids.ts', `export { randomUUID } from 'node:crypto';`],
  ['subgraphs/flight/src/policies/elapsed.ts', 'export const elapsed = () => performance.now();'],
  ['subgraphs/flight/src/domain/taken-apart.ts', 'export const { now } = Date;'],
  ['subgraphs/flight/src/domain/renamed.ts', 'export const D = Date;'],
  ['subgraphs/flight/src/domain/global.ts', 'export const now = () => globalThis.Date;'],
  ['subgraphs/flight/src/domain/global-of-node.ts', 'export const now = () => global.Date.now;'],
  ['subgraphs/flight/src/domain/uptime.ts', 'export const elapsed = () => process.hrtime();'],
  ['subgraphs/flight/src/policies/hrtime.ts', `export { hrtime } from 'node:process';`],
  ['subgraphs/flight/src/domain/day.ts', 'export const today = () => new Intl.DateTimeFormat().format();'],
  ['subgraphs/flight/src/domain/instant.ts', 'export const at = () => Temporal.Now.instant();'],
  ['subgraphs/flight/src/domain/indexed.ts', `export const now = () => Date['now']();`],
  ['subgraphs/flight/src/policies/random.ts', 'export const { random } = Math;'],
  ['subgraphs/flight/src/policies/uuid.ts', 'export const { randomUUID } = crypto;'],
  ['router/src/b.ts', 'export const url = process.env.REDIS_URL;'],
  [
    'infra/platform/database/src/f.ts',
    `import { env } from 'node:process';\nexport const url = env.REDIS_URL;`,
  ],
  ['subgraphs/flight/src/domain/or.ts', `export const shown = (note: string) => note || 'none';`],
  ['subgraphs/flight/src/resolvers/or.ts', 'export const seats = (given: number) => given || 1;'],
  ['subgraphs/flight/src/resolvers/or-less.ts', 'export const seats = (given: number) => given || -1;'],
  [
    'subgraphs/flight/src/resolvers/or-none.ts',
    'export const price = (given: number) => given || undefined;',
  ],
  [
    'subgraphs/flight/src/resolvers/or-default.ts',
    'const DEFAULT = 1;\nexport const seats = (given: number) => given || DEFAULT;',
  ],
  ['router/src/or.ts', 'export const pick = (a: string | undefined, b: () => string) => a || b();'],
  ['router/src/a.unit.test.ts', `import { it } from 'vitest';\nit('closes', () => {});`],
] as const;

const ACCEPTED = [
  [
    'router/src/ok.unit.test.ts',
    `import { describe, test } from 'vitest';\ndescribe('a router', () => {\n  test('closes', () => {});\n});`,
  ],
  ['schema/events/ok.ts', `import 'zod';\nimport './flight.ts';`],
  ['infra/platform/messaging/src/ok.ts', `import '@airline/schema/events';\nimport '@airline/database';`],
  ['subgraphs/flight/src/policies/ok.ts', `import '@airline/messaging';\nimport '../domain/flight.ts';`],
  [
    'subgraphs/flight/src/domain/ok.ts',
    `import type { A } from '@airline/schema/events';\nexport type B = A;\nimport './c.ts';`,
  ],
  ['subgraphs/flight/src/domain/ok.unit.test.ts', `import 'vitest';\nexport const now = Date.now();`],
  [
    'subgraphs/flight/src/domain/time.ts',
    'export const after = (at: string) => new Date(Date.parse(at) + 1).toISOString();',
  ],
  [
    'subgraphs/flight/src/domain/least.ts',
    'export const least = (ms: number | Date) => (ms instanceof Date ? 0 : Math.max(0, ms));',
  ],
  [
    'subgraphs/flight/src/domain/either.ts',
    'export const either = (a: boolean, b: number) => a || b > 1 || Number.isNaN(b);',
  ],
  ['subgraphs/flight/src/resolvers/clock.ts', 'export const now = () => new Date();'],
  ['router/src/ok.ts', `import '@airline/service';`],
  ['infra/system/local/ok.ts', `import '@airline/flight';\nimport '@airline/router';`],
  ['subgraphs/flight/src/config.ts', 'export const url = process.env.REDIS_URL;'],
] as const;

let folder: string;
let faults: Map<string, string[]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'airline-lint-'));
  const plugins = globSync('infra/system/develop/*.grit', { cwd: ROOT });
  for (const name of ['biome.jsonc', '.gitignore', ...plugins]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await copyFile(join(ROOT, name), join(folder, name));
  }
  for (const [path, source] of [...REFUSED, ...ACCEPTED]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${source}\n`);
  }
  faults = await lint();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(REFUSED)('refuses in %s: %s', (path) => {
  expect(faults.get(path)).toEqual([
    expect.stringMatching(
      /^(plugin|lint\/style\/(noRestrictedImports|noProcessEnv|useConsistentTestIt)|lint\/nursery\/useNullishCoalescing)$/,
    ),
  ]);
});

test.each(ACCEPTED)('accepts in %s: %s', (path) => {
  expect(faults.get(path) ?? []).toEqual([]);
});

/** The rules broken, by file. */
async function lint(): Promise<Map<string, string[]>> {
  const rules = [
    'style/noRestrictedImports',
    'style/noProcessEnv',
    'style/useConsistentTestIt',
    'nursery/useNullishCoalescing',
    'plugin',
  ].map((rule) => `--only=${rule}`);
  const args = [
    BIOME,
    'lint',
    ...rules,
    '--diagnostic-level=error',
    '--max-diagnostics=none',
    '--reporter=json',
    '.',
  ];
  await using biome = startChild(process.execPath, args, { cwd: folder });
  const { stdout } = await biome.ended;
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  const byFile = new Map<string, string[]>();
  for (const { category, location } of diagnostics) {
    byFile.set(location.path, [...(byFile.get(location.path) ?? []), category]);
  }
  return byFile;
}
