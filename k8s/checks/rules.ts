import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tempFolder } from '@airline/testing';
import { parse } from 'yaml';
import { type KnownMetrics, promqlFaults } from './queries.ts';

const run = promisify(execFile);

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly record?: string; readonly alert?: string; readonly expr: string }[];
  }[];
}

/** What is wrong with the queries of Prometheus' rules; what they record counts as known. */
export function ruleFaults(text: string, known: KnownMetrics): string[] {
  const { groups }: Rules = parse(text);
  const rules = groups.flatMap((group) => group.rules);
  const labels = new Set(['service', 'subgraph', 'outcome', 'reason']);
  const recorded = rules.flatMap(({ record }) => (record === undefined ? [] : [[record, labels] as const]));
  const all = new Map([...known, ...recorded]);
  return rules.flatMap(({ record, alert, expr }) =>
    promqlFaults(expr.trim(), all).map((fault) => `${record ?? alert}: ${fault}`),
  );
}

/** What promtool says of rules and of what they are tested with, in a few words each; nothing when both are right. */
export async function promtoolFaults(rules: string, tests: string): Promise<string[]> {
  await using folder = await tempFolder();
  await writeFile(join(folder.path, 'rules.yaml'), rules);
  await writeFile(join(folder.path, 'rules.test.yaml'), tests);
  const checked = await promtool('check', 'rules', join(folder.path, 'rules.yaml'));
  if (checked !== undefined) return [`promtool check: ${/rule \d+, .*/.exec(checked)?.[0] ?? checked}`];
  const tested = await promtool('test', 'rules', join(folder.path, 'rules.test.yaml'));
  const names = tested?.matchAll(/alertname: (\w+), time: (\w+)/g) ?? [];
  const failed = [...names].map(
    ([, alert, time]) => `promtool test: ${alert} is not what it should be after ${time}`,
  );
  return tested !== undefined && failed.length === 0 ? [tested] : failed;
}

/** What promtool says of Prometheus' configuration. Debian's cannot ask Kubernetes for pods, so that this is left out. */
export async function configFaults(text: string): Promise<string[]> {
  await using folder = await tempFolder();
  const file = join(folder.path, 'config.yaml');
  const config: { scrape_configs: { kubernetes_sd_configs: unknown }[] } = parse(text);
  const { scrape_configs: jobs, ...others } = config;
  const known = jobs.map(({ kubernetes_sd_configs: _, ...job }) => job);
  await writeFile(file, JSON.stringify({ ...others, scrape_configs: known }));
  const said = await promtool('check', 'config', '--syntax-only', file);
  return said === undefined ? [] : [`promtool check: ${/field .*/.exec(said)?.[0] ?? said}`];
}

async function promtool(...args: string[]): Promise<string | undefined> {
  try {
    await run('promtool', args);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'stderr' in error)) throw error;
    return `${error.stdout}${error.stderr}`;
  }
}
