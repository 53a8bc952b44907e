import { expect, test, vi } from 'vitest';
import { EntityPart } from '../entity-part.ts';
import { RepresentationWriter } from '../representation-writer.ts';
import { LeafCompleter, ListCompleter } from '../shape/completers.ts';
import { type GraphName, graphs } from './graphs.fixture.ts';
import { runOracle } from './run.fixture.ts';

const names = Object.keys(graphs) as GraphName[];

test.each(names)(
  'generated operations over the %s graph are answered as the gateway answers them',
  async (graph) => {
    const { counterexample, answers } = await runOracle({ graph, operations: 40, seed: 1 });
    expect(counterexample).toBeUndefined();
    expect(answers).toBeGreaterThan(100);
  },
);

/** A fault that is planted in the executor, for as long as the test runs. */
const planted: Readonly<Record<string, () => { mockRestore(): void }>> = {
  'entities mixed up': () => {
    const { write } = RepresentationWriter.prototype;
    let first: string | undefined;
    return vi.spyOn(RepresentationWriter.prototype, 'write').mockImplementation(function (
      this: RepresentationWriter,
      object,
    ) {
      const representation = write.call(this, object);
      // Now and then one entity is asked for in the place of another.
      first = first?.length === representation?.length ? first : representation;
      return representation === undefined ? undefined : first;
    });
  },
  'a null where none may be': () => {
    const { complete } = LeafCompleter.prototype;
    return vi.spyOn(LeafCompleter.prototype, 'complete').mockImplementation(function (
      this: LeafCompleter,
      ...given
    ) {
      return complete.apply(this, given) ?? null;
    });
  },
  'a list that keeps what may not be null': () => {
    const { complete } = ListCompleter.prototype;
    return vi.spyOn(ListCompleter.prototype, 'complete').mockImplementation(function (
      this: ListCompleter,
      ...given
    ) {
      return complete.apply(this, given) ?? [];
    });
  },
  'errors of entities lost': () => vi.spyOn(EntityPart.prototype, 'places').mockReturnValue([]),
  'entities not merged': () => {
    const { fill } = EntityPart.prototype;
    return vi.spyOn(EntityPart.prototype, 'fill').mockImplementation(function (
      this: EntityPart,
      question,
      ...given
    ) {
      const asked = question.asked.map(({ targets, entities }) => ({
        targets: targets.slice(0, 1),
        entities,
      }));
      return fill.call(this, { ...question, asked }, ...given);
    });
  },
};

test.each(Object.entries(planted))('a planted fault is found: %s', async (_, plant) => {
  const fault = plant();
  try {
    const { counterexample } = await runOracle({ graph: 'shop', operations: 150, seed: 1, shrink: false });
    expect(counterexample).toMatch(/^ours: /m);
  } finally {
    fault.mockRestore();
  }
});
