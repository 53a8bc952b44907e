import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { type GraphName, graphs, names } from './graphs.fixture.ts';
import { operationChoices } from './operations.fixture.ts';
import { examine } from './oracle.fixture.ts';
import { type Prepared, Subject } from './subject.fixture.ts';
import { faults, type WorldSeed } from './world.fixture.ts';
import { type Operation, writeOperation } from './write-operation.fixture.ts';

export interface RunOptions {
  readonly graph: GraphName;
  readonly operations: number;
  readonly seed: number;
  /** Whether a counterexample is made small, which takes seconds; default true. */
  readonly shrink?: boolean;
}

/** What a run has examined. */
export interface Tally {
  operations: number;
  /** One operation has several answers, each in a world of its own. */
  answers: number;
  /** Operations that the planner refuses, by its message. */
  readonly refused: Map<string, number>;
  /** The known differences that it met. */
  readonly known: Map<string, number>;
  /** The operation and the world in which ours is wrong, if there is one. */
  counterexample: string | undefined;
}

const worldSeeds: fc.Arbitrary<WorldSeed> = fc.record({
  seed: fc.nat(1_000_000),
  faults: fc.uniqueArray(fc.constantFrom(...faults), { maxLength: 3 }),
});

const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

/** Generated operations over one supergraph, each in several worlds, by both executors. */
export async function runOracle(options: RunOptions): Promise<Tally> {
  const { graph, operations, seed, shrink = true } = options;
  const subject = new Subject(graphs[graph]);
  const tally: Tally = {
    operations: 0,
    answers: 0,
    refused: new Map(),
    known: new Map(),
    counterexample: undefined,
  };
  const { schema } = subject.snapshot;
  const property = fc.asyncProperty(
    operationChoices,
    fc.array(worldSeeds, { minLength: 1, maxLength: 10, size: 'max' }),
    async (choice, worlds) => {
      const operation = writeOperation(choice, schema, names);
      tally.operations += 1;
      const prepared = prepare(subject, operation, tally);
      if (!prepared) return;
      for (const world of worlds) {
        tally.answers += 1;
        try {
          for (const name of await examine(subject, prepared, world)) count(tally.known, name);
        } catch (error) {
          throw new Error(shown(operation, world), { cause: error });
        }
      }
    },
  );
  const result = await fc.check(property, { seed, numRuns: operations, endOnFailure: !shrink });
  if (result.failed) {
    const { message, cause } =
      result.errorInstance instanceof Error ? result.errorInstance : new Error('unknown');
    const path = `--graph ${graph} --seed ${seed} --operations ${operations}`;
    tally.counterexample = `${message}\n${cause instanceof Error ? (cause.name === 'Mismatch' ? cause.message : cause.stack) : ''}\n${path}`;
  }
  return tally;
}

/** The planner refuses some operations by an assertion of its own; the router then returns an error. */
function prepare(subject: Subject, operation: Operation, { refused }: Tally): Prepared | undefined {
  try {
    return subject.prepare(operation);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof GraphQLError) throw error;
    count(refused, error.message);
    return undefined;
  }
}

const shown = ({ text, variables }: Operation, { seed, faults: wrong }: WorldSeed): string =>
  `${text}\nvariables: ${JSON.stringify(variables)}\nworld: seed ${seed}, faults ${wrong.length > 0 ? wrong.join(', ') : 'none'}`;
