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
import { BEFORE_TAKEOFF, causeFaults, LITTLE } from './faults.ts';
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
      const fire = (...names: (string | undefined)[]) =>
        until(
          `${names.join()} fire`,
          () => {
            expect(missing().filter((alert) => names.includes(alert))).toEqual([]);
            return true;
          },
          180_000,
        );
      {
        await using _faults = await causeFaults(system, fire);
        await fire(...alerts.map(({ alert }) => alert).filter((alert) => alert !== 'OutboxStuck'));
      }
      const booking = bookingAt(system.url);
      const flightId = await until('a flight is registered', () => booking.registerFlight(1));
      system.redis.pause();
      await booking.place({ customerId: 'c', flightId, seatQty: 1, awaitOutcome: false });
      await fire('OutboxStuck');
      system.redis.resume();
      expect(Object.values(receiver.received).reduce((count, { size }) => count + size, 0)).toBe(
        alerts.length,
      );
    });

    test('of the boards, each query of metrics returns numbers', async () => {
      const booking = bookingAt(system.url);
      const flightId = await until('a flight is registered', () => booking.registerFlight(10_000));
      let empty = panelQueries('prometheus').filter(
        ({ query }) => !BEGIN_WITH_A_FAILURE.some((part) => query.includes(part)),
      );
      await until(
        'all return numbers while a customer books',
        async () => {
          await booking.place({ customerId: 'c', flightId, seatQty: 1, reserveDate: BEFORE_TAKEOFF });
          const found = await Promise.all(empty.map(({ query }) => numbersOf(query)));
          empty = empty.filter((_, index) => found[index]?.length === 0);
          expect(empty).toEqual([]);
          return true;
        },
        90_000,
      );
    });
  },
);
