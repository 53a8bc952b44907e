import { join } from 'node:path';
import { createLogger } from '@airline/observability';
import { type RouterConfig, readConfig } from '@airline/router';
import { onShutdown, startProcess } from '@airline/service';
import { tryToBuildPages } from './pages/build-pages.ts';
import { startAll } from './start-all.ts';

// `npm start`: the whole system in one process.

await startProcess(async () => {
  // The log of a whole system on one terminal: only warnings by default.
  const env = { LOG_LEVEL: 'warn', ...process.env };
  const { pages } = readConfig(env);
  if (pages.dashboard || pages.playground) {
    const progress = (line: string) => void process.stdout.write(`${line}\n`);
    await tryToBuildPages({ root: join(import.meta.dirname, '../../..'), progress });
  }
  const system = await startAll(env);
  const { router, services, transport } = system;
  const lines = [
    ...services.map(
      ({ service, url, databaseUrl }) => `${service.padEnd(12)} ${url.padEnd(36)} ${databaseUrl}`,
    ),
    `${'router'.padEnd(12)} ${router.url}`,
    `${'transport'.padEnd(12)} ${transport}`,
    '',
    ...browserLines(router.url, pages),
    'Try it: three seats of five, then three more (the second is canceled, SEATS_SOLD_OUT).',
    '',
    ...tryIt(router.url),
    '',
    'Ctrl-C stops it.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  onShutdown(system.close, { logger: createLogger({ service: 'system', level: 'warn' }) });
});

/** The URLs for a browser. */
function browserLines(url: string, { dashboard, playground }: RouterConfig['pages']): string[] {
  const lines = [
    ...(dashboard ? [`The dashboard:  ${new URL('/', url)}`] : []),
    ...(playground ? [`The playground: ${new URL('/playground', url)}`] : []),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

/** Acceptance case 1 as shell commands. */
function tryIt(url: string): string[] {
  const ask = (query: string) =>
    `curl -s ${url} -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`;
  const register =
    'mutation { registerFlight(input: { flightCode: "ACE890", takeoffDate: "2025-12-25", cost: 200000, remainingSeatsCount: 5 }) { flight { id } } }';
  const place = (customer: number, reserveDate: string) =>
    `mutation { placeReservation(input: { customerId: "${customer}", flightId: "FLIGHT", seatQty: 3, reserveDate: "${reserveDate}", awaitOutcome: true }) { reservation { status cancelReason flight { remainingSeatsCount } } } }`;
  return [
    `  FLIGHT=$(${ask(register)} | grep -o '[0-9a-f-]\\{36\\}')`,
    ...[place(1, '2024-11-21'), place(2, '2024-11-22')].map(
      (query) => `  ${ask(query).replace('FLIGHT', `'$FLIGHT'`)}; echo`,
    ),
  ];
}
