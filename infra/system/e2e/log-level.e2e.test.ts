import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNodeProcess } from '@airline/local/process';
import { anyPorts, execute, tempFolder, until } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';

const PAGES_OFF = { DASHBOARD_PAGE: 'false', PLAYGROUND: 'false' };

test.each([
  ['a service', 'subgraphs/flight/src/main.ts'],
  ['the router', 'router/src/main.ts'],
  ['the whole system', 'infra/system/local/start.ts'],
])('the log level of %s changes with its file while it runs', async (_what, program) => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const file = join(folder.path, 'LOG_LEVEL');
  await writeFile(file, 'error');
  const env = { ...anyPorts, DATA_DIR: folder.path, LOG_LEVEL: 'error', LOG_LEVEL_FILE: file };
  const running = await startNodeProcess(program, env, /https?:\/\/\S+\/graphql/);
  onTestFinished(async () => void (await running.stop()));
  expect(running.output()).not.toContain('log level changed');
  await writeFile(file, 'debug');
  await until('it logs the change', () => running.output().includes('"changedTo":"debug"'));
});

test('at level debug the log follows a booking: its request, its operations and the steps of its saga', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const env = { ...anyPorts, ...PAGES_OFF, DATA_DIR: folder.path, LOG_LEVEL: 'debug' };
  const running = await startNodeProcess(
    'infra/system/local/start.ts',
    env,
    /router +https?:\/\/\S+\/graphql/,
  );
  onTestFinished(async () => void (await running.stop()));
  const url = /router +(\S+)/.exec(running.output())?.[1] ?? '';
  const client = { 'x-request-id': 'of-this-test' };
  const { data } = await execute<{ registerFlight: { flight: { id: string } } }>(
    url,
    'mutation { registerFlight(input: { flightCode: "ACE890", takeoffDate: "2099-12-25", cost: 7, remainingSeatsCount: 5 }) { flight { id } } }',
  );
  const flightId = data?.registerFlight.flight.id;
  const customerId = 'whom-no-log-names';
  const place =
    'mutation Place($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { status } } }';
  const input = { customerId, flightId, seatQty: 1, reserveDate: '2026-01-01', awaitOutcome: true };
  await execute(url, place, { input }, client);
  const lines = () =>
    running
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  const shown = (msg: string, service: string) =>
    lines().filter((line) => line.msg === msg && line.service === service);
  await until('the outcome is on the dashboard', () =>
    shown('event handled', 'dashboard').some(({ type }) => type === 'ReservationSucceeded'),
  );
  const requestId = 'of-this-test';
  // A request's line comes once its response is over, which its client may have by then.
  await until('the requests are over', () =>
    ['router', 'reservation'].every((service) =>
      shown('request', service).some((line) => line.requestId === requestId),
    ),
  );
  const request = { method: 'POST', path: '/graphql', status: 200, requestId };
  for (const service of ['router', 'reservation'])
    expect(shown('request', service)).toContainEqual(expect.objectContaining(request));
  const operation = { type: 'mutation', outcome: 'ok', requestId };
  expect(shown('operation', 'router')).toContainEqual(
    expect.objectContaining({ ...operation, operation: 'Place' }),
  );
  expect(shown('operation', 'reservation')).toContainEqual(expect.objectContaining(operation));
  const steps = lines().filter(({ msg }) => msg === 'event handled');
  expect(steps.map(({ consumer, type }) => `${consumer}: ${type}`)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^flight: /), expect.stringMatching(/^payment: /)]),
  );
  expect(running.output()).not.toContain(customerId);
});
