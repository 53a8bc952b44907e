import { readFileSync } from 'node:fs';
import { Kind, parse, visit } from 'graphql';
import { expect, test } from 'vitest';
import type { Graph } from './graph.ts';
import { rebuild } from './rebuild.ts';

const SDL = new URL('../../../../subgraphs/dashboard/schema.graphql', import.meta.url);

/** The names of the fields of an input. */
function fieldsOf(input: string): string[] {
  const definition = parse(readFileSync(SDL, 'utf8')).definitions.find(
    (node) => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && node.name.value === input,
  );
  if (definition?.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) throw new Error(`There is no ${input}.`);
  return (definition.fields ?? []).map(({ name }) => name.value);
}

/** A node with what the query asks of it, each the name of its field. */
function nodeOf(query: string): Record<string, string> {
  const node: Record<string, string> = {};
  visit(parse(query), {
    Field: ({ name, selectionSet }) => {
      if (name.value !== 'nodes') return;
      for (const field of selectionSet?.selections ?? [])
        if (field.kind === Kind.FIELD) node[field.name.value] = field.name.value;
    },
  });
  return node;
}

// One that is optional, and that the query lacks, would be the default of the events in each rebuilt step.
test('a rebuild gives the dashboard each field that it takes of a reservation', async () => {
  const replayed: object[] = [];
  const graph = async (query: string, { input }: Readonly<Record<string, unknown>>) => {
    if (input !== undefined) replayed.push(...(input as object[]));
    if (query.includes('replayReservations')) return { missing: 0 };
    if (query.includes('recountCustomerInfos'))
      return { recountCustomerInfos: { recounted: 0, corrected: 0, endCustomerId: null } };
    const nodes = [{ ...nodeOf(query), status: 'SUCCEED' }];
    return { reservations: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } };
  };
  // It returns what the queries of a rebuild ask for.
  await rebuild({ graph: graph as Graph, page: 20, progress: () => {} });
  expect(replayed.map((each) => Object.keys(each).toSorted())).toEqual([
    fieldsOf('ReservationInput').toSorted(),
  ]);
});
