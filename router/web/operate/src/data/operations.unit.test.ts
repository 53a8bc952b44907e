import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { sentText } from '../../../build/sent-text.ts';
import trusted from '../../../trusted-documents.json' with { type: 'json' };
import { allOperations } from './operations.ts';

const services = ['reservation', 'flight', 'payment', 'dashboard'];
const sdl = readFileSync(join(import.meta.dirname, '../../../../../schema/supergraph.graphql'), 'utf8');
const schema = buildSchema(sdl, { assumeValidSDL: true });

test.each(allOperations(services))('%s is an operation of the graph, which the router trusts', (text) => {
  expect(validate(schema, parse(text))).toEqual([]);
  expect(Object.values(trusted)).toContain(sentText(text));
});

test('control: those of a service that does not exist are none', () => {
  const faults = allOperations(['gate']).filter((text) => validate(schema, parse(text)).length > 0);
  expect(faults).toHaveLength(5);
});
