import { differences } from './differences.fixture.ts';
import { wrongErrors } from './errors.fixture.ts';
import { knownAs } from './known-differences.fixture.ts';
import { type Mend, mends } from './mends.fixture.ts';
import type { Prepared, Result, Subject } from './subject.fixture.ts';
import type { World, WorldSeed } from './world.fixture.ts';

const all = new Set(Object.keys(mends) as Mend[]);

/** Ours is wrong, or the gateway is in a way that is not known yet. */
export class Mismatch extends Error {
  override name = 'Mismatch';
}

/**
 * Executes an operation by both executors in one world. What differs must be known.
 *
 * @returns the names of the known differences that explain the gateway's answer
 * @throws Mismatch
 */
export async function examine(subject: Subject, prepared: Prepared, seed: WorldSeed): Promise<Set<string>> {
  const world = subject.world(seed);
  const ours = await prepared.ours(world);
  const plain = await prepared.gateway(subject.world(seed));
  const known = new Set<string>();
  const theirs = isSame(ours, plain)
    ? plain
    : await explain(ours, plain, { subject, prepared, seed, world, known });
  // Another plan may ask others, who return other errors.
  const isOtherPlan = theirs === plain && prepared.corrected.size > 0 && world.met.size > 0;
  const compared = isOtherPlan ? await ofOurPlan(prepared, subject.world(seed), world, plain) : theirs;
  const wrong =
    wrongOrder(ours, world) ?? wrongErrors(ours, asksOthers(prepared, world) ? silent : compared, world);
  if (wrong !== undefined) throw new Mismatch(`${wrong}\n${shown(ours, theirs)}`);
  return known;
}

/** The gateway's result by the plan of ours, if it executes mutations in the same order by that. */
async function ofOurPlan(prepared: Prepared, world: World, ours: World, plain: Result): Promise<Result> {
  const result = await prepared.gatewayCorrected(world, all);
  return world.mutations.join() === ours.mutations.join() ? result : plain;
}

const silent: Result = { data: undefined, errors: [], completion: [] };

/** Whether the gateway may ask for entities whose required objects are damaged, which ours does not. */
const asksOthers = ({ requiring }: Prepared, { met }: World): boolean =>
  requiring.size > 0 && (met.has('wrong') || met.has('missing'));

/** The root fields of a mutation are executed in the order in which the specification collects them. */
function wrongOrder({ data }: Result, { mutations }: World): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const wanted = Object.keys(data).filter((key) => mutations.includes(key));
  return wanted.join() === mutations.join()
    ? undefined
    : `The mutations were executed as ${mutations.join()}.`;
}

interface Examination {
  readonly subject: Subject;
  readonly prepared: Prepared;
  readonly seed: WorldSeed;
  readonly world: World;
  readonly known: Set<string>;
}

const isSame = (one: Result, other: Result) => JSON.stringify(one.data) === JSON.stringify(other.data);

/** @returns what the gateway returns when it is mended where it is known to be wrong */
async function explain(
  ours: Result,
  plain: Result,
  { subject, prepared, seed, world, known }: Examination,
): Promise<Result> {
  const { corrected, requiring } = prepared;
  const hasInterfaceObjects = corrected.has('types');
  const execute = (wanted: ReadonlySet<Mend>, among = subject.world(seed)) =>
    prepared.gatewayCorrected(among, wanted);
  const another = subject.world(seed);
  const theirs = await execute(all, another);
  const isOrdered = another.mutations.join() === world.mutations.join();
  if (corrected.size > 0) {
    if (isSame(ours, await execute(new Set()))) for (const reason of corrected) known.add(reason);
  }
  if (known.size === 0) {
    for (const mend of all)
      if (!isSame(theirs, await execute(all.difference(new Set([mend]))))) known.add(mend);
  }
  for (const difference of differences(ours.data, theirs.data)) {
    const name = knownAs(difference, { ours, theirs, isOrdered, requiring, hasInterfaceObjects }, world);
    if (name === undefined) {
      throw new Mismatch(
        `Differs at ${['data', ...difference.path].join('.')}.\n${shown(ours, theirs, plain)}`,
      );
    }
    known.add(name);
  }
  return theirs;
}

const shown = (ours: Result, ...theirs: readonly Result[]): string =>
  [`ours: ${JSON.stringify(ours)}`, ...theirs.map((result) => `gateway: ${JSON.stringify(result)}`)].join(
    '\n',
  );
