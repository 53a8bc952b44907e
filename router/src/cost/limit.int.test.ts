import { everyone } from '@airline/service/server';
import { getIntrospectionQuery, Kind, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../main.ts';
import { authorityOf } from '../request.ts';
import { operationDocument } from '../syntax/conditions.ts';
import { pageDocuments, pipelineOverGraph } from './graph.fixture.ts';

const costLimit = readConfig({}).costLimit;

const row = 'id customerId flightId seatQty reserveDate status cancelReason placedAt updatedAt';
const step = 'event service at detail';
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number, inner: string): string =>
  depth === 0 ? inner : `customer{reservations(first:100){nodes{${nested(depth - 1, inner)}}}}`;
const byCustomer = 'reservations(first:100,filter:{customerId:"x"})';
const describedTypes = times(120, (i) => `t${i}:type{name kind description ofType{name kind description}}`);

const attacks: Readonly<Record<string, string>> = {
  'pages of pages of pages': `{${byCustomer}{nodes{${nested(2, 'id')}}}}`,
  'one level more': `{${byCustomer}{nodes{${nested(3, 'id')}}}}`,
  'a page of each of a page, in 158 bytes': `{reservations(first:100){nodes{${nested(1, row)}}}}`,
  'a page of each of a page, over two subgraphs':
    '{reservations(first:100){nodes{customer{payments(last:100){nodes{id cost status paidAt}}}}}}',
  'histories of a page of each of a page': `{reservations(first:100){nodes{${nested(1, `history{${step}}`)}}}}`,
  'histories of a page, many times': `{reservations(first:100){nodes{${times(9, (i) => `h${i}:history{${step}}`)}}}}`,
  'pages of a page of which no row is selected': `{customerInfos(first:100){nodes{customer{${times(5, (i) => `r${i}:reservations(first:${100 - i}){pageInfo{hasNextPage}}`)}}}}}`,
  'filters that no index serves': `{${times(40, (i) => `f${i}:flights(first:1,filter:{minRemainingSeats:${i},takeoffDateFrom:"2030-01-01"}){pageInfo{hasNextPage}}`)}}`,
  'filters of which an index serves but one part': `{${times(40, (i) => `r${i}:reservations(first:1,filter:{customerId:"${i}",status:SUCCEED}){pageInfo{hasNextPage}}`)}}`,
  'the same of payments': `{${times(40, (i) => `p${i}:payments(first:1,filter:{customerId:"${i}",status:PAID}){pageInfo{hasNextPage}}`)}}`,
  'counts of everything': `{${times(50, (i) => `c${i}:reservations(first:0,filter:{status:PENDING}){totalCount}`)}}`,
  'a name that is longer than what it names': `{reservations(first:100){nodes{${'n'.repeat(50_000)}:id}}}`,
  'types of fields of types': `{${times(40, (i) => `t${i}:__schema{types{fields{type{name ofType{name}}}}}`)}}`,
  'arguments of the largest type, many times': `{__schema{queryType{fields{args{${describedTypes}}}}}}`,
  'the same by its name': `{__type(name:"Query"){fields{args{${describedTypes}}}}}`,
};

const refusal = {
  code: 'COST_LIMIT_EXCEEDED',
  cost: { max: costLimit, estimated: expect.any(Number) },
};

describe.each(Object.entries(attacks))('%s', (_attack, query) => {
  test('cost more than an operation may: nothing is planned, fetched or kept', async () => {
    const { run, fetches, snapshot } = pipelineOverGraph({ costLimit });
    const { errors } = await run({ query });
    expect(errors).toMatchObject([{ extensions: refusal }]);
    expect(errors?.[0]?.message).toMatch(/ask for shorter pages/);
    expect([fetches(), snapshot.documents.size]).toEqual([0, 0]);
  });

  test('would be executed without the limit', async () => {
    const { run, fetches } = pipelineOverGraph({ costLimit: 0 });
    const result = await run({ query });
    expect(result.errors?.[0]?.extensions?.code).not.toBe(refusal.code);
    expect(fetches() > 0 || result.data !== undefined).toBe(true);
  });
});

test('a short document of many selections over several subgraphs is refused before it is planned', async () => {
  const { run, snapshot } = pipelineOverGraph();
  const short = (roots: number) => `{${times(roots, (i) => `a${i}: flight(id: "1") { ...F }`)}}
    fragment F on Flight { reservations(first: 0) { nodes { ...R customer { ...C } } } }
    fragment C on Customer { reservations(first: 0) { nodes { ...R } } payments(first: 0) { nodes { reservation { ...R } } } }
    fragment R on Reservation { payment { id } history { event } flight { flightCode } }`;
  const { errors } = await run({ query: short(50) });
  expect(errors).toMatchObject([{ extensions: { code: 'DOCUMENT_LIMIT_EXCEEDED' } }]);
  expect(errors?.[0]?.message).toContain('at most 1000 fields');
  expect(snapshot.documents.size).toBe(0);
  await run({ query: short(10) });
  expect(snapshot.documents.size).toBe(1);
});

test('a page whose size is a variable is judged with each request', async () => {
  const query = `query ($n: Int) { ${byCustomer} { nodes { customer { reservations(first: $n) { nodes { ${row} } } } } } }`;
  const { run } = pipelineOverGraph({ costLimit });
  const codes = async (n: number | null) =>
    (await run({ query, variables: { n } })).errors?.[0]?.extensions?.code;
  expect([await codes(5), await codes(100), await codes(null), await codes(1)]).toEqual([
    'SUBGRAPH_UNAVAILABLE',
    'COST_LIMIT_EXCEEDED',
    'COST_LIMIT_EXCEEDED',
    'SUBGRAPH_UNAVAILABLE',
  ]);
});

const pages = parse(pageDocuments, { noLocation: true });
const operations = pages.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);

test.each([
  ...operations.map((node) => [node.name?.value, print(operationDocument(pages, node))]),
  ['the introspection of GraphiQL', getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true })],
])('%s is within the limit', async (_name, query = '') => {
  const { pipeline } = pipelineOverGraph({ costLimit });
  const variables = {
    id: '1',
    customerId: '1',
    input: query.includes('RegisterFlight')
      ? { flightCode: 'A', takeoffDate: '2025-01-01', cost: 1, remainingSeatsCount: 1 }
      : query.includes('PlaceReservation')
        ? { customerId: '1', flightId: '1', seatQty: 1 }
        : { id: '1' },
  };
  const client = {
    authority: authorityOf(everyone),
    source: 'a',
    forwarded: {},
  };
  expect(await pipeline.prepare({ query, variables }, client)).toHaveProperty('cost');
});

test('a request that asks for it is told the cost, others are not', async () => {
  const { run } = pipelineOverGraph({ costLimit });
  const query = '{ flight(id: "1") { id } }';
  // The flight, its id and the request for it.
  const cost = { estimated: Math.ceil(1 + 1 / 2 + 200), max: costLimit };
  expect((await run({ query, extensions: { cost: true } })).extensions).toEqual({ cost });
  expect(await run({ query })).not.toHaveProperty('extensions');
});
