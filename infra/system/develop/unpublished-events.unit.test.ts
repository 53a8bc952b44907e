import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { subgraphs } from '@airline/schema/events';
import { tempFolder } from '@airline/testing';
import { expect, test } from 'vitest';
import { unpublishedEvents } from './unpublished-events.ts';

test('an event that only tests and fixtures of its publisher make is named, unless that is said', async () => {
  await using folder = await tempFolder();
  const domain = join(folder.path, 'subgraphs/flight/src/domain');
  mkdirSync(domain, { recursive: true });
  const write = (file: string, type: string) =>
    writeFileSync(join(domain, file), `export const publish = [{ type: '${type}', data }];`);
  write('depart.ts', 'FlightDeparted');
  write('delay.ts', 'FlightDelayed');
  write('land.unit.test.ts', 'FlightLanded');
  write('land.fixture.ts', 'FlightLanded');
  const events = { FlightDeparted: {}, FlightDelayed: {}, FlightLanded: {}, FlightMoved: {} };
  const unpublished = ['FlightDelayed', 'FlightMoved'];
  expect(unpublishedEvents(folder.path, { flight: { events, unpublished } })).toEqual([
    'The flight service publishes FlightDelayed: take it out of `unpublished` in schema/subgraphs.ts.',
    expect.stringMatching(
      /^No source of the flight service has `type: 'FlightLanded'`.* add it to `unpublished`/,
    ),
  ]);
});

test.each([
  ['a comment', "// { type: 'FlightMoved', data }"],
  ['a docstring', "/**\n * { type: 'FlightMoved', data }\n */"],
  ['a text', `export const sample = "{ type: 'FlightMoved', data }";`],
  ['a template', "export const sample = `it's { type: 'FlightMoved', data }`;"],
])('an event that %s alone has is named', async (_what, source) => {
  await using folder = await tempFolder();
  const domain = join(folder.path, 'subgraphs/flight/src/domain');
  mkdirSync(domain, { recursive: true });
  writeFileSync(join(domain, 'move.ts'), `${source}\nexport const depart = { type: 'FlightDeparted' };\n`);
  expect(
    unpublishedEvents(folder.path, { flight: { events: { FlightDeparted: {}, FlightMoved: {} } } }),
  ).toEqual([expect.stringContaining("`type: 'FlightMoved'`")]);
});

test('an event that is defined for one and published by another is named', () => {
  const root = resolve(import.meta.dirname, '../../..');
  expect(unpublishedEvents(root)).toEqual([]);
  expect(unpublishedEvents(root, { payment: subgraphs.flight })).toHaveLength(
    Object.keys(subgraphs.flight.events).length,
  );
});
