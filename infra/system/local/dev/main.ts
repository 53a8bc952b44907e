import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { command } from '@airline/service/server';
import { firstSteps } from '../first-steps.ts';
import { restartable } from './restartable.ts';
import { watchFolders } from './watch-folders.ts';

command({
  usage: `Usage: npm run dev
  Runs the system, and restarts what changes. With REDIS_URL each service is a process of its own.`,
});

// `npm run dev`: runs the system and restarts it when its sources change. With Redis each service is a process, and only
// the changed one restarts; with the embedded transport, which is for one process, all services share one.

const root = join(import.meta.dirname, '../../../..');
const print = (line: string) => void process.stdout.write(`dev: ${line}\n`);
const env = { LOG_LEVEL: 'info', ...process.env };
const start = (name: string, file: string) => restartable({ name, command: [join(root, file)], env, print });

const processes = process.env.REDIS_URL
  ? new Map([
      ...services.map((name) => [name, start(name, `subgraphs/${name}/src/main.ts`)] as const),
      ['router', start('router', 'router/src/main.ts')] as const,
    ])
  : new Map([['system', start('system', 'infra/system/local/start.ts')]]);

/** Folders whose changes restart all processes, or one; the router itself watches the supergraph file. */
const everywhere = ['infra/platform', 'infra/system/local', 'schema/events', 'schema/subgraphs.ts'];
const owners = [
  ...services.map((name) => [`subgraphs/${name}`, name] as const),
  ['router/src', 'router'] as const,
];

const composer = restartable({
  name: 'compose',
  command: [join(root, 'schema/compose/main.ts')],
  env,
  print,
  isIdle: true,
});

function changed(path: string): void {
  if (/\.(test|fixture|contract)\.ts$|README/.test(path)) return;
  print(`${path} changed`);
  if (/^subgraphs\/[^/]+\/schema\.graphql$/.test(path)) composer.restart();
  const owner = owners.find(([folder]) => path.startsWith(`${folder}/`))?.[1];
  const own = owner === undefined ? undefined : (processes.get(owner) ?? processes.get('system'));
  if (own) own.restart();
  else for (const each of processes.values()) each.restart();
}

const watching = watchFolders(root, [...everywhere, ...owners.map(([folder]) => folder)], changed);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    watching.close();
    void Promise.all([composer, ...processes.values()].map((each) => each.stop()));
  });
}

// The system in one process says it itself, once it has started.
if (process.env.REDIS_URL) {
  const url = `http://127.0.0.1:${process.env.ROUTER_PORT ?? 8088}/graphql`;
  for (const line of firstSteps({ url, pages: { dashboard: true, playground: true, operate: true } }))
    print(line);
}
