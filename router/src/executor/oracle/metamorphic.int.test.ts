import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphs, names } from './graphs.fixture.ts';
import { restored, variants } from './metamorphic.fixture.ts';
import { operationChoices } from './operations.fixture.ts';
import { Subject } from './subject.fixture.ts';
import type { Fault } from './world.fixture.ts';
import { writeOperation } from './write-operation.fixture.ts';

const RUNS = Number(process.env.ORACLE_RUNS ?? 12);

/** A planner that has another operation may ask other subgraphs, so these are of fields and not of subgraphs. */
const fieldFaults: Fault[] = ['null', 'errorKept', 'wrong', 'missing'];

describe.each(Object.entries(graphs))('over the %s graph', (_, graph) => {
  const subject = new Subject(graph);
  const { schema } = subject.snapshot;
  test.each(Object.entries(variants))('an operation has the same answer with %s', async (_name, variant) => {
    await fc.assert(
      fc.asyncProperty(
        operationChoices,
        fc.record({ seed: fc.nat(10_000), faults: fc.subarray(fieldFaults, { maxLength: 2 }) }),
        async (choice, { seed: number, faults }) => {
          const seed = { seed: number, faults: variant.selectsMore ? [] : faults };
          const plain = writeOperation(choice, schema, names);
          const written = variant.write(plain, schema);
          const [one, other] = [plain, written].map((operation) => {
            try {
              return subject.prepare(operation);
            } catch {
              return undefined;
            }
          });
          fc.pre(one !== undefined && other !== undefined);
          const expected = restored(await one.ours(subject.world(seed)), {
            ...variant,
            restore: (key) => key,
          });
          const actual = restored(await other.ours(subject.world(seed)), variant);
          expect(actual, `${plain.text}\n${written.text}`).toBe(expected);
        },
      ),
      { seed: 1, numRuns: RUNS },
    );
  });
});
