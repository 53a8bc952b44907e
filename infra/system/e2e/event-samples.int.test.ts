import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { State } from '@airline/database';
import { loadSubgraphs } from '@airline/local/subgraphs';
import { decode } from '@airline/messaging';
import { upcastFaults } from '@airline/messaging/upcast-faults';
import { type EventDefinition, events, subgraphs as published, services } from '@airline/schema/events';
import { present } from '@airline/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openService, type Service } from './saga-properties/service.ts';

const SAMPLES = join(import.meta.dirname, '../../../schema/events/samples');

/** One envelope of each event type and version, as it was published; see schema/events/README.md. */
const samples = readdirSync(SAMPLES).map((file) => ({
  file,
  json: readFileSync(join(SAMPLES, file), 'utf8'),
}));

const subgraphs = await loadSubgraphs();
let running: Service<State>[];

beforeEach(() => {
  running = subgraphs.map((subgraph) =>
    openService({ ...subgraph, now: () => new Date('2024-11-21T10:00:10.000Z'), newId: randomUUID }),
  );
});
afterEach(() => Promise.all(running.map((service) => service.close())));

/** Handles the event in every service that has a policy for its type, and returns their names. */
async function handle(json: string): Promise<string[]> {
  const event = decode(json);
  const listeners = running.filter((service) => service.handles(event.type));
  for (const service of listeners) await service.handle(event, event.id, 0);
  return listeners.map(({ name }) => name);
}

/** A value that lacks, where somebody would read a text of it. */
const LACKS = /\b(null|undefined|NaN)\b|\[object /;

/** The texts of all rows that say so. */
async function textsThatLack(): Promise<unknown[]> {
  const tables = subgraphs.flatMap(({ tables }, index) =>
    Object.values(tables).map((table) => present(running[index], 'a service').rows(table)),
  );
  const rows = (await Promise.all(tables)).flat();
  return rows.flatMap((row) => Object.values(row).filter((value) => LACKS.test(String(value ?? ''))));
}

describe('an event that was published', () => {
  test.each(samples)('$file is of the type, version and publisher that it says', ({ file, json }) => {
    const { type, dataschema, source } = JSON.parse(json);
    expect(`${type}.v${dataschema.split('/').at(-1)}.json`).toBe(file);
    expect(dataschema).toContain(`/${type}/`);
    const publisher = services.find((service) => Object.hasOwn(published[service].events, type));
    expect(source).toBe(`/airline/${publisher}`);
    const event = decode(json);
    const { subject }: EventDefinition = events[event.type];
    expect(Object.entries(event.data), 'the id that it is about').toContainEqual([subject, event.subject]);
  });

  test('has an id of its own', () => {
    const ids = samples.map(({ json }) => JSON.parse(json).id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('is the newer one of its type, once upcast', () => {
    expect(upcastFaults(samples, events)).toEqual([]);
  });

  test.each(samples)(
    '$file is decoded, and handled by a service without earlier events, and no text says what it lacks',
    async ({ json }) => {
      await expect(handle(json)).resolves.toBeDefined();
      expect(await textsThatLack(), 'what a field of later has not, a text leaves out').toEqual([]);
    },
  );

  test('control: a text of a field that the event lacks is found', () => {
    const { reason }: { reason?: string } = {};
    expect(`600000 refunded: ${reason}`).toMatch(LACKS);
    expect('600000 refunded').not.toMatch(LACKS);
  });

  test('is handled after all earlier ones', async () => {
    const byTime = samples.toSorted((a, b) => (decode(a.json).time < decode(b.json).time ? -1 : 1));
    const handled = new Map<string, string[]>();
    for (const { json } of byTime) handled.set(decode(json).type, await handle(json));

    expect(handled.get('ReservationPlaced')).toEqual(expect.arrayContaining(['flight', 'dashboard']));
    expect(handled.get('ReservationCanceled')).toEqual(
      expect.arrayContaining(['flight', 'payment', 'dashboard']),
    );
  });
});
