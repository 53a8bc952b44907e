import { defaultLimits } from '@airline/service/server';
import { describe, expect, test } from 'vitest';
import { bodyParameters } from '../http/parameters.ts';
import { type Asked, over } from './scripted.fixture.ts';

const BIG = '12345678901234567891';
const graph = (id = BIG) =>
  over({
    a: {
      typeDefs: `scalar Big
        type Query { thing(big: Big, id: ID, float: Float, bigs: [[Big]], in: In): Thing, things: [Thing!]! }
        input In { big: Big, int: Int }
        type Subscription { made: Thing }
        type Thing @key(fields: "big") { big: Big, bigs: [[Big]], id: ID, ids: [[ID]] }`,
      respond: ({ query }) => {
        const thing = `{"__typename":"Thing","big":${id},"bigs":[[${BIG},1],null],"id":7,"ids":[[7,"8",${BIG}],null]}`;
        return query.includes('things')
          ? `{"data":{"things":[${thing},${thing}]}}`
          : `{"data":{"thing":${thing}}}`;
      },
    },
    b: {
      typeDefs: 'scalar Big type Thing @key(fields: "big") { big: Big @shareable, double: Big }',
      respond: (asked) => {
        const [, big = ''] = /"big":(\d+)/.exec(asked.body) ?? [];
        return `{"data":{"_entities":[{"__typename":"Thing","big":${big},"double":${big}0}]}}`;
      },
    },
  });

describe('numbers of custom scalars are as they were written', () => {
  test('in responses, representations and lists', async () => {
    const { respond, asked } = graph();
    expect(await respond('{thing{big double bigs}}')).toBe(
      `{"data":{"thing":{"big":${BIG},"double":${BIG}0,"bigs":[[${BIG},1],null]}}}`,
    );
    expect(asked[1]?.body).toContain(`"big":${BIG}`);
  });

  test('where several objects share a representation', async () => {
    const { respond, asked } = graph();
    const thing = `{"big":${BIG},"double":${BIG}0}`;
    expect(await respond('{things{big double}}')).toBe(`{"data":{"things":[${thing},${thing}]}}`);
    expect(asked[1]?.body.match(/"big":/g)).toHaveLength(1);
  });

  test('below 53 bits they are as they were', async () => {
    expect(await graph('9007199254740991').respond('{thing{big}}')).toBe(
      '{"data":{"thing":{"big":9007199254740991}}}',
    );
  });

  const query =
    'query($b:Big,$i:ID,$f:Float,$l:[[Big]],$in:In){thing(big:$b,id:$i,float:$f,bigs:$l,in:$in){id}}';
  const requestOf = (variables: string) =>
    bodyParameters(
      Buffer.from(JSON.stringify({ query, variables: 0 }).replace(':0', `:${variables}`)),
      defaultLimits,
    ).variables ?? {};

  test('in a client’s variables', async () => {
    const { run, asked } = graph();
    const json = `{"b":${BIG},"i":${BIG},"f":${BIG},"l":[[-${BIG}]],"in":{"big":${BIG},"int":1}}`;
    const { errors } = await run(query, { variables: requestOf(json) });
    expect(errors).toBeUndefined();
    expect(asked.map(({ body }) => body.slice(body.indexOf('"variables"')))).toEqual([
      `"variables":${json}}`,
    ]);
  });

  test('in literals and default values', async () => {
    const { run, asked } = graph();
    const { errors } = await run(
      `query($v:Big={k:[-${BIG}]}){thing(big:${BIG},id:${BIG},float:1,bigs:[[$v],[{k:${BIG},l:["${BIG}",${BIG},-${BIG},$v]}]],in:{big:${BIG}}){id}}`,
    );
    expect(errors).toBeUndefined();
    expect(asked.map(({ query }) => query)).toEqual([
      `query($v:Big={k:[-${BIG}]}){thing(big:${BIG} id:${BIG} float:1 bigs:[[$v][{k:${BIG} l:["${BIG}" ${BIG} -${BIG}$v]}]]in:{big:${BIG}}){id}}`,
    ]);
  });

  test.each([
    '12345678901234567890.5',
    '0.12345678901234567890',
    '1.0',
    '-0',
    '-0.0',
    '1E40',
    '6.02e23',
    '1.5',
  ])('in the literal %s, wherever it is', async (number) => {
    const { run, asked } = graph();
    const { errors } = await run(
      `query($v:Big=${number},$w:Big={k:[${number}]}){thing(big:${number},bigs:[[$v,$w,{k:${number}}]],in:{big:${number}}){id}}`,
    );
    expect(errors).toBeUndefined();
    expect(asked.map(({ query }) => query)).toEqual([
      `query($v:Big=${number}$w:Big={k:[${number}]}){thing(big:${number} bigs:[[$v$w{k:${number}}]]in:{big:${number}}){id}}`,
    ]);
  });

  test('and are refused where a type has no room for them', async () => {
    const { respond, asked } = graph();
    const refused = await respond(query, { variables: requestOf(`{"in":{"int":${BIG}}}`) });
    expect(refused).toContain('Int cannot represent non 32-bit signed integer value');
    expect(refused).toContain('"field":"in.int"');
    expect(asked).toEqual([]);
  });

  test('in a subscription’s events', async () => {
    const { respond, variables } = graph();
    const event = variables(`{"data":{"made":{"__typename":"Thing","big":${BIG}}}}`);
    expect(await respond('subscription{made{big double}}', { event })).toBe(
      `{"data":{"made":{"big":${BIG},"double":${BIG}0}}}`,
    );
  });
});

describe('an ID that a subgraph has as a number is a string', () => {
  test('in responses and lists', async () => {
    expect(await graph().respond('{thing{id ids}}')).toBe(
      `{"data":{"thing":{"id":"7","ids":[["7","8","${BIG}"],null]}}}`,
    );
  });

  test('as a key, so that one entity is asked for once', async () => {
    const keyed = (respond: (asked: Asked) => unknown) =>
      over({
        a: {
          typeDefs: `type Query { all: [Thing] } type Thing @key(fields: "id owner { id } tags") { id: ID!, owner: Owner!, tags: [ID!]! }
            type Owner @shareable { id: ID! }`,
          respond: () => ({
            data: {
              all: [7, '7'].map((id) => ({ __typename: 'Thing', id, owner: { id }, tags: [id] })),
            },
          }),
        },
        b: {
          typeDefs: `type Thing @key(fields: "id owner { id } tags") { id: ID!, owner: Owner!, tags: [ID!]!, x: Int }
            type Owner @shareable { id: ID! }`,
          respond,
        },
      });
    const { run, asked } = keyed(() => ({ data: { _entities: [{ x: 1 }] } }));
    expect(await run('{all{x}}')).toEqual({ data: { all: [{ x: 1 }, { x: 1 }] } });
    expect(asked[1]?.variables).toEqual({
      representations: [{ __typename: 'Thing', id: '7', owner: { id: '7' }, tags: ['7'] }],
    });
  });
});
