import { buildSchema, graphql } from 'graphql';
import { describe, expect, test } from 'vitest';
import { everyone } from '../identity/caller.ts';
import { workLimits } from '../limits/limits.ts';
import { boundFields } from './bounded-fields.ts';
import { RequestWork } from './request-work.ts';

const sdl = `
  type Query { node: Node!, nodes: [Node!]! }
  type Node { id: ID!, text: String!, nodes: [Node!]!, later: [Node!]!, stops: Int!, fails: Int, failing: [Int] }
`;

/** Each node has ten more, and a text of ten characters. */
function served(limits: Partial<typeof workLimits> = {}) {
  const work = new RequestWork({ ...workLimits, ...limits });
  let nodes = 0;
  const node = (): object => {
    nodes += 1;
    return {
      id: 'n',
      text: '0123456789',
      nodes: () => ten(),
      later: async () => ten(),
      fails: () => later(),
      failing: () => [later(), later()],
      stops: () => {
        work.stop('REQUEST_TIMEOUT', 'Too late.');
        return 1;
      },
    };
  };
  const later = async () => {
    await new Promise(setImmediate);
    throw new Error('It failed later.');
  };
  const ten = () => Array.from({ length: 10 }, node);
  const schema = boundFields(buildSchema(sdl));
  const ask = (source: string) =>
    graphql({ schema, source, rootValue: { node, nodes: ten }, contextValue: { work, caller: everyone } });
  return { ask, work, nodes: () => nodes };
}

const nested = (field: string, levels: number) =>
  `{ nodes ${`{ ${field} `.repeat(levels)} { id } ${'}'.repeat(levels)} }`;

describe.each(['nodes', 'later'])('lists of lists (%s)', (field) => {
  test('end where the response has as many values as it may', async () => {
    const { ask, work, nodes } = served({ responseValues: 1000 });
    // 10 to the power of 6 nodes.
    const { data } = await ask(nested(field, 5));
    expect(data).toBeNull();
    expect(work.fault).toMatchObject({ extensions: { code: 'RESPONSE_TOO_LARGE' } });
    expect(nodes()).toBeLessThanOrEqual(field === 'nodes' ? 1020 : 11_110);
  });

  test('control: are resolved to their end within it', async () => {
    const { ask, work, nodes } = served();
    const { errors } = await ask(nested(field, 3));
    expect(errors).toBeUndefined();
    expect(work.fault).toBeUndefined();
    expect(nodes()).toBe(11_110);
  });
});

test('texts end where the response has as many characters as it may', async () => {
  const { ask, work } = served({ responseCharacters: 95 });
  await ask('{ nodes { text } }');
  expect(work.fault).toMatchObject({ message: expect.stringContaining('95 characters') });
  const enough = served({ responseCharacters: 100 });
  expect((await enough.ask('{ nodes { text } }')).errors).toBeUndefined();
});

test.each(['fails', 'failing'])(
  'a promise that nobody waits for any more does no harm (%s)',
  async (field) => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => void unhandled.push(reason);
    process.prependListener('unhandledRejection', listen);
    const { ask, work } = served({ responseValues: 40 });
    await ask(`{ nodes { ${field} } }`);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    process.off('unhandledRejection', listen);
    expect(work.fault).toBeDefined();
    expect(unhandled).toEqual([]);
  },
);

test('nothing is resolved once the work is stopped, and the error is one', async () => {
  const { ask, nodes } = served();
  const { errors } = await ask('{ a: nodes { id } b: node { stops } c: nodes { nodes { nodes { id } } } }');
  expect(nodes()).toBe(11);
  expect(errors?.every(({ extensions }) => extensions.code === 'REQUEST_TIMEOUT')).toBe(true);
  expect(new Set(errors).size).toBe(1);
});
