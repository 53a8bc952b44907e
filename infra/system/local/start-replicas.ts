import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { command, envVar, parseEnvs, StartError, startProcess } from '@airline/service/server';
import { z } from 'zod';
import { firstSteps } from './first-steps.ts';
import { tryToBuildPages } from './pages/build-pages.ts';
import { supervise } from './replicas/supervise.ts';
import { startReplicas } from './replicas/system.ts';

// `npm run start:replicas -- --replicas 3`: runs the system with replicas, as in a cluster, until Ctrl-C.

const { values } = command({
  usage: `Usage: npm run start:replicas [-- --replicas N]
  Runs N processes of each service (default 3) and a router, on a Redis and a PostgreSQL of their own, until Ctrl-C. Starting takes about
  half a minute. A process that ends is started again. ROUTER_PORT is the router's port (default 8088), <NAME>_PORT that of a service's first process, and those of the
  others follow (default: free ones).`,
  options: { replicas: { type: 'string', default: '3' } },
  numbers: { replicas: [1, 20] },
});

const print = (line: string) => void process.stdout.write(`${line}\n`);
const portVariable = (name: string) => `${name.toUpperCase()}_PORT`;

await startProcess(async () => {
  const [{ ROUTER_PORT: routerPort }, ports] = parseEnvs('replicas', [
    z.object({ ROUTER_PORT: envVar.port.default(8088) }),
    z.object(Object.fromEntries(services.map((name) => [portVariable(name), envVar.port.optional()]))),
  ]);
  await tryToBuildPages({ root: join(import.meta.dirname, '../../..'), progress: print });
  const system = await startReplicas({
    replicas: Number(values.replicas),
    routerPort,
    firstPort: (service) => ports[portVariable(service)],
    progress: (what) => print(`starting ${what}`),
  }).catch((error: unknown) => {
    throw new StartError(error instanceof Error ? error.message : String(error));
  });
  const pages = { dashboard: true, playground: true, operate: true };
  const lines = [
    '',
    `Redis      ${system.redis.url}`,
    `Postgres   ${system.databaseUrl('reservation')}, …`,
    '',
    ...firstSteps({
      url: system.url,
      pages,
      stopping: ', which removes its data: they are in a temporary folder',
    }),
  ];
  print(lines.join('\n'));

  const stopSupervising = supervise(system, print);
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      process.stdout.write('stopping\n');
      void stopSupervising()
        .then(() => system[Symbol.asyncDispose]())
        .then(() => process.exit(0));
    });
  }
});
