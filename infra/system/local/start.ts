import { join } from 'node:path';
import { createLogger, type Logger } from '@airline/observability';
import { readConfig } from '@airline/router';
import { otherPorts } from '@airline/schema/events';
import { command, type Env, onShutdown, StartError, startProcess } from '@airline/service';
import { firstSteps } from './first-steps.ts';
import { accounts } from './issuer/accounts.ts';
import type { Issuer } from './issuer/issuer.ts';
import { tryToBuildPages } from './pages/build-pages.ts';
import { type RunningSystem, startAll } from './start-all.ts';
import { issuerVariables, withSubgraphSecret } from './subgraph-secret.ts';

// `npm start`: the whole system in one process.

const usage = `Usage: npm start [-- [--login] [--observe]]
  Starts the whole system in one process: http://127.0.0.1:8088/.
  --login  starts an issuer of its own, too, at which a customer, a clerk and an operator sign in, for trying.
           ISSUER_PORT says where (default 8090), ISSUER_TOKEN_SECONDS how long its tokens are valid (default 900).
  --observe  starts Prometheus and Grafana, too, by docker compose or podman compose, with the boards of a cluster. Without
           either, the page /operate shows rates, latency and saturation all the same.
  Variables: router/README.md, infra/platform/service/README.md, subgraphs/README.md.`;

await startProcess(async () => {
  const isOff = { type: 'boolean', default: false } as const;
  const { login, observe } = command({ usage, options: { login: isOff, observe: isOff } }).values;
  const logger = createLogger({ service: 'system', level: 'warn' });
  await using stack = new AsyncDisposableStack();
  // The log of a whole system on one terminal: only warnings by default.
  const { DATA_DIR = '.data' } = process.env;
  const given = withSubgraphSecret({
    LOG_LEVEL: 'warn',
    AUDIT_LOG: join(DATA_DIR, 'audit.log'),
    ...process.env,
  });
  const { pages, jwt } = readConfig(given);
  const progress = (line: string) => void process.stdout.write(`${line}\n`);
  if (pages.dashboard || pages.playground) {
    await tryToBuildPages({ root: join(import.meta.dirname, '../../..'), progress });
  }
  const issuer = login ? stack.use(await startOwnIssuer(given, logger)) : undefined;
  const system = await startAll({ ...given, ...issuer?.environment });
  stack.defer(() => system.close());
  const { router, services, transport } = system;
  const observing = observe ? await startObserving(system, progress) : undefined;
  if (observing) stack.use(observing);
  const lines = [
    ...services.map(
      ({ service, url, databaseUrl }) => `${service.padEnd(12)} ${url.padEnd(36)} ${databaseUrl}`,
    ),
    `${'router'.padEnd(12)} ${router.url}`,
    `${'transport'.padEnd(12)} ${transport}`,
    ...(observing
      ? [`${'grafana'.padEnd(12)} ${observing.grafana}`, `${'prometheus'.padEnd(12)} ${observing.prometheus}`]
      : []),
    ...(observe && !observing && pages.operate
      ? [`Rates, latency and saturation are on ${new URL('/operate', router.url).href}.`]
      : []),
    '',
    ...(issuer || jwt
      ? []
      : ['OPEN: anyone who reaches it may do everything; --login has people sign in.', '']),
    ...(issuer ? accountLines(issuer) : []),
    'Try it: three seats of five, then three more (the second is canceled, SEATS_SOLD_OUT).',
    '',
    ...tryIt(router.url, issuer),
    '',
    ...firstSteps({
      url: router.url,
      pages,
      ...(issuer && { credentials: `ACCESS_TOKEN=$(${tokenCommand(issuer)}) ` }),
    }),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const running = stack.move();
  onShutdown(() => running.disposeAsync(), { logger });
});

/** Loaded here, since most systems start without one. */
async function startOwnIssuer(env: Env, logger: Logger) {
  const taken = issuerVariables.find((name) => env[name]);
  if (taken !== undefined) {
    throw new StartError(`${taken} names an issuer, and --login starts one. Leave one of the two out.`);
  }
  const { startIssuer } = await import('./issuer/issuer.ts');
  return await startIssuer(env, logger);
}

/** Loaded here, since most systems start without. */
async function startObserving({ router, services }: RunningSystem, progress: (line: string) => void) {
  const { observe } = await import('./observe.ts');
  const observed = [...services, { service: 'router', url: router.url }];
  return await observe({ observed, progress, env: process.env });
}

function accountLines(issuer: Issuer): string[] {
  return [
    `Who can sign in (without a password, at ${issuer.url}):`,
    ...accounts.map(({ name, role, may }) => `  ${name.padEnd(9)} ${role}: ${may}`),
    `A token for a terminal: ${tokenCommand(issuer)}`,
    '',
  ];
}

function tokenCommand({ url }: Issuer): string {
  const port = Number(new URL(url).port);
  return `${port === otherPorts.issuer ? '' : `ISSUER_PORT=${port} `}npm run --silent token -- clerk`;
}

/** Acceptance case 1 as shell commands, with a token where there is an issuer. */
function tryIt(url: string, issuer: Issuer | undefined): string[] {
  const token = issuer ? ` -H "authorization: Bearer $TOKEN"` : '';
  const ask = (query: string) =>
    `curl -s ${url} -H 'content-type: application/json'${token} -d '${JSON.stringify({ query })}'`;
  const register =
    'mutation { registerFlight(input: { flightCode: "ACE890", takeoffDate: "2025-12-25", cost: 200000, remainingSeatsCount: 5 }) { flight { id } } }';
  const place = (customer: number, reserveDate: string) =>
    `mutation { placeReservation(input: { customerId: "${customer}", flightId: "FLIGHT", seatQty: 3, reserveDate: "${reserveDate}", awaitOutcome: true }) { reservation { status cancelReason flight { remainingSeatsCount } } } }`;
  return [
    ...(issuer ? [`  TOKEN=$(${tokenCommand(issuer)})`] : []),
    `  FLIGHT=$(${ask(register)} | grep -o '[0-9a-f-]\\{36\\}')`,
    ...[place(1, '2024-11-21'), place(2, '2024-11-22')].map(
      (query) => `  ${ask(query).replace('FLIGHT', `'$FLIGHT'`)}; echo`,
    ),
  ];
}
