import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookingAt, type Reservation } from '@airline/e2e/booking';
import { execute } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../checks/kubectl.ts';
import { services } from './airline.ts';
import { BEGIN_WITH_A_FAILURE, type PanelQuery, panelQueries } from './dashboards.ts';
import { eventually } from './eventually.ts';
import { removeInPod, writeInPod } from './in-pod.ts';
import { kubectl, namespace } from './kubectl.ts';
import { linesOf, textsOf } from './logs.ts';
import { startProgress } from './progress.ts';
import { type Alert, alerts, loadedRules, numbersOf, targets } from './prometheus.ts';
import { isStaying, podsOf, servingPods } from './rollout.ts';
import { useAirline } from './use-airline.ts';

const RULES = join(root, 'k8s/components/observability/prometheus/rules.yaml');

/** Of three services, the payment service among them. */
const QUERY = 'query ($id: ID!) { promotions { name } reservation(id: $id) { payment { status } } }';

const tell = startProgress('observed');
const airline = useAirline();

/** The pods that Prometheus scrapes, and of which service it takes them to be; but those that stop, which need not respond. */
async function podsScraped(): Promise<Record<string, string>> {
  const pods = (await Promise.all(services.map(podsOf))).flat();
  const leaving = new Set(pods.filter((pod) => !isStaying(pod)).map(({ metadata }) => metadata.name));
  const scraped = (await targets()).filter(({ labels }) => !leaving.has(labels.pod));
  return Object.fromEntries(
    scraped.map(({ labels, health, lastError }) => {
      if (health !== 'up') throw new Error(`${labels.pod} is ${health}: ${lastError}`);
      return [labels.pod, labels.service];
    }),
  );
}

async function podsThatServe(): Promise<Record<string, string>> {
  const byService = await Promise.all(
    services.map(async (service) => (await servingPods(service)).map((pod) => [pod, service] as const)),
  );
  return Object.fromEntries(byService.flat());
}

test('Prometheus scrapes every pod of every service, and no other, without an error', async () => {
  await eventually('each pod is a target that is up', async () => {
    const [scraped, serving] = await Promise.all([podsScraped(), podsThatServe()]);
    expect(scraped).toEqual(serving);
    return true;
  });
  expect(new Set(Object.values(await podsScraped()))).toEqual(new Set(services));
});

test('Prometheus has loaded every rule, and evaluates it without an error', async () => {
  const { groups }: { groups: { rules: { record?: string; alert?: string }[] }[] } = parse(
    readFileSync(RULES, 'utf8'),
  );
  const names = groups.flatMap(({ rules }) => rules.map(({ record, alert }) => record ?? alert));
  const loaded = await eventually('every rule has been evaluated', async () => {
    const rules = await loadedRules();
    return rules.length > 0 && rules.every(({ health }) => health !== 'unknown') && rules;
  });
  expect(loaded.filter(({ health }) => health !== 'ok')).toEqual([]);
  expect(loaded.map(({ name }) => name).sort()).toEqual(names.sort());
});

test('every query of every dashboard succeeds, and returns numbers while customers book', async () => {
  const traffic = await airline.startTraffic({ customers: 2, subscribers: 2, pauseMs: 100 });
  let empty = panelQueries('prometheus');
  expect(empty.length).toBeGreaterThan(40);
  try {
    await eventually('only panels of what goes wrong are empty', async () => {
      const still: PanelQuery[] = [];
      for (const panel of empty) {
        if ((await numbersOf(panel.query)).length === 0) still.push(panel);
      }
      empty = still.filter(({ query }) => !BEGIN_WITH_A_FAILURE.some((part) => query.includes(part)));
      return empty.length === 0;
    });
  } catch (error) {
    const queries = empty.map(({ panel, query }) => `${panel}: ${query}`).join('\n');
    throw new Error(`Panels that show nothing:\n${queries}`, { cause: error });
  } finally {
    await traffic.stopBooking();
    await traffic.stopListening();
  }
});

test('what each pod logs is one JSON object a line, of its service', async () => {
  for (const [pod, service] of Object.entries(await podsThatServe())) {
    const texts = await textsOf(pod);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !isObjectOf(service, text))).toEqual([]);
  }
});

function isObjectOf(service: string, text: string): boolean {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line !== 'object' || line === null) return false;
    if ('log' in line) return service === 'router' && line.log === 'audit';
    return 'service' in line && line.service === service;
  } catch {
    return false;
  }
}

describe('while the payment service has no pod', () => {
  let reservation: Reservation;
  const isOfPayment = ({ labels }: Alert) =>
    labels.alertname === 'ServiceGone' && labels.service === 'payment';
  const alertOfPayment = async () => (await alerts()).find(isOfPayment);

  async function scalePaymentTo(replicas: number): Promise<void> {
    await kubectl(['--namespace', namespace, 'scale', 'deployment/payment', `--replicas=${replicas}`]);
  }

  beforeAll(async () => {
    const booking = bookingAt(airline.url);
    const flightId = await booking.registerFlight(1);
    reservation = await booking.place({
      customerId: randomUUID(),
      flightId,
      seatQty: 1,
      reserveDate: '2024-11-21',
    });
    await scalePaymentTo(0);
    // They would go by themselves; this is as if they had died.
    const pods = ['pods', '--selector=app.kubernetes.io/name=payment'];
    await kubectl(['--namespace', namespace, 'delete', ...pods, '--grace-period=0', '--force']);
  });

  afterAll(async () => {
    await scalePaymentTo(1);
  });

  test('a request is found by the id of its trace in the logs of the router and of the service that failed it', async () => {
    const [flight] = await servingPods('flight');
    // A file that a pod may not read fails the request with an unexpected error, which is logged.
    const file = `/mnt/data/unreadable-${randomUUID()}.txt`;
    await writeInPod(flight, file, 'x', 0);
    try {
      const tried = new Set<unknown>();
      // It serves until it gets SIGTERM.
      const traceId = await eventually('the payment service is unreachable', async () => {
        const id = randomBytes(16).toString('hex');
        tried.add(id);
        const traceparent = `00-${id}-${randomBytes(8).toString('hex')}-01`;
        const { errors = [] } = await execute(airline.url, QUERY, { id: reservation.id }, { traceparent });
        const codes = errors.map(({ extensions }) => extensions?.code).sort();
        return codes.join() === 'INTERNAL_SERVER_ERROR,SUBGRAPH_UNAVAILABLE' && id;
      });
      const messagesOf = async (service: string) => {
        const lines = await Promise.all((await servingPods(service)).map(linesOf));
        return lines
          .flat()
          .filter(({ trace_id }) => trace_id === traceId)
          .map(({ msg }) => msg);
      };
      const ofRouter = (await Promise.all((await servingPods('router')).map(linesOf))).flat();
      // Only the first request that a fault fails has a line of it.
      const ofFault = ofRouter.find(
        ({ msg, trace_id }) => msg === 'subgraph unavailable' && tried.has(trace_id),
      );
      expect(ofFault).toMatchObject({ subgraph: 'payment' });
      expect(await messagesOf('flight')).toEqual(['unexpected error in a request']);
    } finally {
      await removeInPod(flight, file);
    }
  });

  test('an alert fires, and is over when the pods are back', async () => {
    const begun = performance.now();
    const seconds = () => ((performance.now() - begun) / 1000).toFixed(0);
    const fired = await eventually('the alert fires', async () => {
      const alert = await alertOfPayment();
      return alert?.state === 'firing' && alert;
    });
    tell(`the alert fired ${seconds()} s later`);
    expect(fired.annotations.summary).toBe('No replica of payment is up.');
    await scalePaymentTo(1);
    await eventually('the alert is over', async () => (await alertOfPayment()) === undefined);
    tell(`it was over after ${seconds()} s`);
  });
});
