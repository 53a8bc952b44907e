import { startAll } from '@airline/local';
import { metricCatalog } from '@airline/observability';
import { listenersOf } from '@airline/schema/events';
import { anyPorts, tempFolder, until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bookingAt } from './booking.ts';
import { parseMetrics } from './parse-metrics.ts';

/** The whole system in this process. */
async function start(env: Readonly<Record<string, string>> = {}) {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const system = await startAll({
    ...anyPorts,
    DATA_DIR: folder.path,
    LOG_LEVEL: 'error',
    AUDIT_LOG: 'off',
    ...env,
  });
  onTestFinished(() => system.close());
  const urls = new Map(system.services.map(({ service, url }) => [service as string, url]));
  urls.set('router', system.router.url);
  return {
    booking: bookingAt(system.router.url),
    urls,
    scrape: async (service: string) =>
      parseMetrics(await (await fetch(new URL('/metrics', urls.get(service)))).text()),
  };
}

describe('metrics of a running system', () => {
  test('count what has happened', async () => {
    const { booking, scrape, urls } = await start();
    const flightId = await booking.registerFlight(5);
    const place = (customerId: string) =>
      booking.place({ customerId, flightId, seatQty: 3, reserveDate: '2024-11-21' });
    expect([(await place('1')).status, (await place('2')).status]).toEqual(['SUCCEED', 'CANCELED']);
    const handled = (type: string) => ({ type, outcome: 'new' });
    await until('the dashboard has counted both', async () => {
      const metrics = await scrape('dashboard');
      return (
        metrics.value('events_handled_total', handled('ReservationCanceled')) === 1 &&
        metrics.value('events_handled_total', handled('ReservationSucceeded')) === 1
      );
    });

    const reservation = await scrape('reservation');
    const count = (name: string, labels = {}) => reservation.value(name, labels);
    expect(count('events_committed_total', { type: 'ReservationPlaced' })).toBe(2);
    expect(count('saga_outcomes_total', { outcome: 'succeeded', reason: '' })).toBe(1);
    expect(count('saga_outcomes_total', { outcome: 'canceled', reason: 'SEATS_SOLD_OUT' })).toBe(1);
    expect(count('saga_duration_seconds_count', { outcome: 'succeeded' })).toBe(1);
    expect(count('events_handled_total', handled('Paid'))).toBe(1);
    const stream = 'airline:reservation';
    expect(count('stream_length', { stream })).toBe(4);
    expect(count('outbox_unpublished_events', { stream })).toBe(0);
    for (const group of listenersOf('reservation')) {
      expect(count('group_lag_events', { stream, group })).toBe(0);
    }
    expect(count('dead_letters')).toBe(0);
    expect(count('store_commit_decisions_sum')).toBeGreaterThanOrEqual(4);

    const flight = await scrape('flight');
    expect(flight.value('events_handled_total', handled('ReservationPlaced'))).toBe(2);
    expect(flight.value('events_committed_total', { type: 'RemainingSeatsDecreased' })).toBe(1);
    const payment = await scrape('payment');
    expect(payment.value('events_committed_total', { type: 'Paid' })).toBe(1);

    const router = await scrape('router');
    const mutations = { operation: 'anonymous', type: 'mutation', outcome: 'ok' };
    expect(router.value('graphql_operation_duration_seconds_count', mutations)).toBe(3);
    const fetches = { subgraph: 'reservation', outcome: 'ok' };
    expect(router.value('subgraph_fetch_duration_seconds_count', fetches)).toBe(2);

    for (const service of urls.keys()) {
      const { types, value } = await scrape(service);
      expect(value('scrape_failures_total', {})).toBeUndefined();
      const others = [...types.keys()].filter((name) => !/^(nodejs|process)_/.test(name));
      expect(Object.keys(metricCatalog)).toEqual(expect.arrayContaining(others));
      expect(types.get('nodejs_eventloop_lag_seconds')).toBe('gauge');
    }
  });
});
