import { anonymous, type Caller, everyone } from '@airline/service/server';
import fc from 'fast-check';
import { isObjectType, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { graphs, names } from '../executor/oracle/graphs.fixture.ts';
import { operationChoices } from '../executor/oracle/operations.fixture.ts';
import { type Operation, writeOperation } from '../executor/oracle/write-operation.fixture.ts';
import type { Access } from './access.ts';
import { Model, withTypes } from './model.fixture.ts';
import { accessOf, randomCallers, randomMarks } from './random-rules.fixture.ts';
import { RuledGraph, type Sent } from './ruled-graph.fixture.ts';

const RUNS = Number(process.env.ORACLE_RUNS ?? 30);

/** The place of the null that an error has made of a response, as JSON. */
function placeOf(path: readonly (string | number)[], data: unknown): string {
  const place: (string | number)[] = [];
  let value = data;
  for (const step of path) {
    if (value === null || value === undefined) break;
    place.push(step);
    // A response is made of objects and lists.
    value = (value as Record<string | number, unknown>)[step];
  }
  return JSON.stringify(place);
}

describe.each(Object.entries(graphs))('over the %s graph with random rules', (_, graph) => {
  const subject = new RuledGraph(graph);
  const { schema } = subject.snapshot;
  const seeds = fc.record({ rules: fc.nat(10_000), world: fc.nat(10_000) });
  // Of a mutation, what is not run changes what the others return.
  const queries = operationChoices.map((choice) => writeOperation({ ...choice, root: 1 }, schema, names));

  /** A query by two callers, of whom one may see everything. */
  async function answers(operation: Operation, world: number, caller: Caller, access: Access) {
    const typed = { ...operation, text: print(withTypes(parse(operation.text))) };
    const whole = await subject.run(world, typed, everyone, access);
    const actual = await subject.run(world, operation, caller, access);
    fc.pre(whole !== undefined && actual !== undefined && whole.errors.length === 0);
    return { whole, actual };
  }

  /** That no fetch asks for what may not be seen, but for keys and what fields require, which the router fetches for itself. */
  function expectNoneAsked({ text }: Operation, sent: readonly Sent[], model: Model): void {
    const internal = subject.internal(text);
    for (const coordinate of subject.asked(sent)) {
      const [name = '', field = ''] = coordinate.split('.');
      const type = schema.getType(name);
      if (!isObjectType(type) || internal.has(field)) continue;
      expect(model.mayField(type, field), `${coordinate} is fetched`).toBe(true);
    }
  }

  test('callers get all that they may see and nothing else, and nothing else is fetched', async () => {
    let denied = 0;
    await fc.assert(
      fc.asyncProperty(queries, seeds, randomCallers, async (operation, { rules, world }, caller) => {
        const marks = randomMarks(schema, rules);
        const model = new Model(schema, marks, caller);
        const { whole, actual } = await answers(operation, world, caller, accessOf(graph.sdl, marks));
        const expected = await model.respond(parse(operation.text), operation.variables, whole.data);
        expect(expected.others).toEqual([]);
        expect(JSON.stringify(actual.data)).toBe(JSON.stringify(expected.data));
        // Of several errors in the place of one null, one is enough.
        const placesOf = (paths: readonly (readonly (string | number)[] | undefined)[]) =>
          new Set(paths.map((path) => placeOf(path ?? [], actual.data)));
        expect(placesOf(actual.errors.map(({ path }) => path))).toEqual(placesOf(expected.paths));
        for (const { extensions } of actual.errors) expect(extensions.code).toBe('FORBIDDEN');
        expectNoneAsked(operation, actual.sent, model);
        if (expected.paths.length > 0) denied += 1;
      }),
      { seed: 1, numRuns: RUNS },
    );
    expect(denied).toBeGreaterThan(RUNS / 10);
  });

  test('anonymous callers get all that they ask for, or are refused for something that is not public', async () => {
    const met = { whole: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(queries, seeds, async (operation, { rules, world }) => {
        const marks = randomMarks(schema, rules, 95);
        const model = new Model(schema, marks, anonymous);
        const { whole, actual } = await answers(operation, world, anonymous, accessOf(graph.sdl, marks));
        const document = parse(operation.text);
        met[actual.denied.length > 0 ? 'refused' : 'whole'] += 1;
        if (actual.denied.length > 0) {
          expect(model.withholds(document)).toBe(true);
          return;
        }
        const { data, paths } = await model.respond(document, operation.variables, whole.data);
        expect(paths).toEqual([]);
        expect(JSON.stringify(actual.data)).toBe(JSON.stringify(data));
        expectNoneAsked(operation, actual.sent, model);
      }),
      { seed: 1, numRuns: RUNS },
    );
    for (const count of Object.values(met)) expect(count).toBeGreaterThan(RUNS / 20);
  });
});
