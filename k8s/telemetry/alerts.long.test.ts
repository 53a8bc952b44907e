import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookingAt } from '@airline/e2e/booking';
import { type SystemOnRedis, startOnRedis } from '@airline/e2e/system';
import { requires, tempFolder, until } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../checks/kubectl.ts';
import { BEGIN_WITH_A_FAILURE, panelQueries } from '../cluster/dashboards.ts';
import { type Alerting, startAlerting } from './alerting.ts';
import { causeFaults, LITTLE } from './faults.ts';
import { getJson } from './programs.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const PROGRAMS = ['prometheus', 'promtool', 'alertmanager', 'amtool', 'redis-server'];

const running = new AsyncDisposableStack();
let system: SystemOnRedis;
let receiver: Receiver;
let prometheus: Alerting;

async function numbersOf(query: string): Promise<number[]> {
  const { data } = await getJson<{ data: { result: { value: [number, string] }[] } }>(
    `${prometheus.url}/api/v1/query`,
    { query },
  );
  return data.result.map(({ value: [, number] }) => Number(number)).filter((number) => !Number.isNaN(number));
}

describe(
  'Prometheus and Alertmanager with the configurations of the cluster',
  requires(...PROGRAMS).options,
  () => {
    beforeAll(async () => {
      const folder = running.use(await tempFolder());
      receiver = running.use(await startReceiver());
      system = running.use(await startOnRedis(LITTLE));
      const targets = Object.entries({ ...system.subgraphUrls, ROUTER_URL: system.url }).map(
        ([name, url]) => ({
          service: name.replace('_URL', '').toLowerCase(),
          address: new URL(url).host,
        }),
      );
      prometheus = running.use(await startAlerting(folder.path, receiver.url, targets));
    });

    afterAll(() => running.disposeAsync());

    test('each alert fires of a fault, and reaches those whom it is for', async () => {
      const rules = readFileSync(join(root, 'k8s/components/observability/prometheus/rules.yaml'), 'utf8');
      const { groups }: { groups: { rules: { alert?: string; labels?: { severity: string } }[] }[] } =
        parse(rules);
      const alerts = groups.flatMap((group) => group.rules).filter(({ alert }) => alert !== undefined);
      const missing = () =>
        alerts
          .filter(
            ({ alert = '', labels }) =>
              !receiver.received[labels?.severity === 'page' ? 'PAGE_URL' : 'TICKET_URL']?.has(alert),
          )
          .map(({ alert }) => alert);
      const faults = await causeFaults(system);
      try {
        await until(
          'all fire but that of Redis',
          () => {
            expect(missing()).toEqual(['OutboxStuck']);
            return true;
          },
          240_000,
        );
      } finally {
        await faults[Symbol.asyncDispose]();
      }
      const booking = bookingAt(system.url);
      const flightId = await booking.registerFlight(1);
      system.redis.pause();
      await booking.place({ customerId: 'c', flightId, seatQty: 1, awaitOutcome: false });
      await until('an outbox is stuck', () => missing().length === 0, 90_000);
      expect(Object.values(receiver.received).reduce((count, { size }) => count + size, 0)).toBe(
        alerts.length,
      );
    });

    test('of the boards, each query of metrics returns numbers', async () => {
      const empty: string[] = [];
      for (const { panel, query } of panelQueries('prometheus')) {
        const mayBeEmpty = BEGIN_WITH_A_FAILURE.some((part) => query.includes(part));
        if (!mayBeEmpty && (await numbersOf(query)).length === 0) empty.push(`${panel}: ${query}`);
      }
      expect(empty).toEqual([]);
    });
  },
);
