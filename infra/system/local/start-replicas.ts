import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tryToBuildPages } from './pages/build-pages.ts';
import { startReplicas } from './replicas/system.ts';

// `npm run start:replicas -- --replicas 3`: runs the system with replicas, as in a cluster, until Ctrl-C.

const { values } = parseArgs({
  options: { replicas: { type: 'string', default: '3' }, port: { type: 'string', default: '8088' } },
});

const print = (line: string) => void process.stdout.write(`${line}\n`);
await tryToBuildPages({ root: join(import.meta.dirname, '../../..'), progress: print });
const system = await startReplicas({
  replicas: Number(values.replicas),
  routerPort: Number(values.port),
  progress: (what) => print(`starting ${what}`),
});
process.stdout.write(
  `\nrouter    ${system.url}\ndashboard ${new URL('/', system.url)}\nplayground ${new URL('/playground', system.url)}\nRedis     ${system.redis.url}\nPostgres  ${system.databaseUrl('reservation')}, …\n` +
    '\nAll data is in a temporary folder. Ctrl-C stops the system and removes it.\n',
);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    process.stdout.write('stopping\n');
    void system[Symbol.asyncDispose]().then(() => process.exit(0));
  });
}
