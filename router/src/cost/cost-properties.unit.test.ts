import fc from 'fast-check';
import { Kind, parse, print, type SelectionSetNode, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type GraphName, graphs, names } from '../executor/oracle/graphs.fixture.ts';
import { variants } from '../executor/oracle/metamorphic.fixture.ts';
import { operationChoices } from '../executor/oracle/operations.fixture.ts';
import { type Operation, writeOperation } from '../executor/oracle/write-operation.fixture.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';
import { costIn } from './cost.fixture.ts';

const graphNames = ['shop', 'media', 'board'] as const satisfies readonly GraphName[];
const snapshots = Object.fromEntries(
  graphNames.map((name) => [name, createSnapshot(graphs[name].sdl, {})] as const),
) as Record<GraphName, ReturnType<typeof createSnapshot>>;

const generated = fc.record({ graph: fc.constantFrom(...graphNames), choice: operationChoices });
const runs = { numRuns: 60, seed: 16 };

const costOf = (graph: GraphName, { text, variables }: Operation) =>
  costIn(snapshots[graph], text, variables);

/** An operation without one of its selections: the one of that number, counted round. */
function without(operation: Operation, number: number): Operation {
  const document = parse(operation.text, { noLocation: true });
  const removable: SelectionSetNode[] = [];
  visit(document, { SelectionSet: (set) => void (set.selections.length > 1 && removable.push(set)) });
  const chosen = removable[number % Math.max(1, removable.length)];
  const fewer = visit(document, {
    SelectionSet: (set) =>
      set === chosen
        ? { ...set, selections: set.selections.toSpliced(number % set.selections.length, 1) }
        : undefined,
  });
  return { ...operation, text: print(fewer) };
}

/** Names beyond what is free of charge are charged for. */
const isShort = ({ text }: Operation) => {
  let isWithin = true;
  visit(parse(text), {
    [Kind.FIELD]: ({ name, alias }: { name: { value: string }; alias?: { value: string } }) => {
      isWithin &&= (alias ?? name).value.length <= 24;
    },
  });
  return isWithin;
};

describe('the cost of a generated operation', () => {
  test('is no lower with one more selection', () => {
    fc.assert(
      fc.property(generated, fc.nat(), ({ graph, choice }, number) => {
        const whole = writeOperation(choice, snapshots[graph].schema, names);
        expect(costOf(graph, without(whole, number))).toBeLessThanOrEqual(costOf(graph, whole));
      }),
      runs,
    );
  });

  test.each(Object.entries(variants))('is the same with %s', (_variant, { write, selectsMore }) => {
    fc.assert(
      fc.property(generated, ({ graph, choice }) => {
        const plain = writeOperation(choice, snapshots[graph].schema, names);
        fc.pre(isShort(plain));
        const cost = costOf(graph, write(plain, snapshots[graph].schema));
        if (selectsMore) expect(cost).toBeGreaterThan(costOf(graph, plain));
        else expect(cost).toBe(costOf(graph, plain));
      }),
      runs,
    );
  });
});
