import { append, MigrationError, type NewMigration } from './chain.ts';
import { type Draft, draftsOf } from './draft.ts';
import { hazardsOf, undeclaredLosses } from './hazards.ts';
import { checkMade } from './made.ts';
import { changedInOne, undeclaredOverwrites } from './overwrites.ts';
import type { StoreFolder } from './stores.ts';

export interface GenerateOptions {
  readonly stores: readonly StoreFolder[];
  /** What the change does, in kebab case; required as soon as there is one. */
  readonly name?: string | undefined;
  /** Whether data may be lost. The migration says which. */
  readonly destructive?: boolean;
  readonly now: Date;
}

const USAGE =
  'npm run migrations -- <name> [--destructive], with a name in kebab case such as add-seat-class';

/**
 * Writes the migrations that each store's tables need beyond those checked in, for either database; all of them or,
 * when something is refused, none. Returns their files.
 *
 * @throws MigrationError
 */
export async function generateMigrations(options: GenerateOptions): Promise<string[]> {
  const { stores, name, destructive = false, now } = options;
  if (name !== undefined && !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new MigrationError(`"${name}" is no name for a migration: ${USAGE}.`);
  }
  const changed = (await drafts(stores, name)).filter(({ added }) => added.length > 0);
  if (changed.length > 0 && name === undefined) {
    throw new MigrationError(`The migrations of ${titles(changed)} need a name: ${USAGE}.`);
  }
  refuse('A migration would fail', changed, (migration) => hazardsOf(migration).failures);
  if (!destructive) {
    const fault = 'A migration would lose data; declare it with --destructive if that is meant';
    refuse(fault, changed, (migration) => hazardsOf(migration).losses);
  }
  return changed.flatMap(({ folder, added }) => added.map((migration) => append(folder, migration, now)));
}

/**
 * Checks that the migrations make the tables, that each declares what it loses, and that those of both databases change the
 * same values.
 *
 * @throws MigrationError
 */
export async function checkMigrations(stores: readonly StoreFolder[]): Promise<void> {
  const pairs = await Promise.all(stores.map((store) => draftsOf(store)));
  const all = pairs.flat();
  const stale = all.filter(({ added }) => added.length > 0);
  if (stale.length > 0) {
    throw new MigrationError(`The migrations of ${titles(stale)} are behind their tables: run ${USAGE}.`);
  }
  for (const { title, chain } of all) {
    const late = chain.find(({ when }, index) => when <= (chain[index - 1]?.when ?? 0));
    if (late) {
      throw new MigrationError(
        `${title}: ${late.tag} would not be applied to a database that has the one before it, since its "when" in ` +
          'meta/_journal.json is not later: generate it again.',
      );
    }
  }
  const chainsOf = (drafts: readonly Draft[]) => drafts.map(({ title, chain }) => ({ title, added: chain }));
  const fault = 'A migration loses data and lacks the line "-- destructive: …" that says so, in these words';
  refuse(fault, chainsOf(all), (each) => [...undeclaredLosses(each), ...undeclaredOverwrites(each)]);
  for (const store of stores) await checkMade(store);
  const unlike =
    'A migration changes values of one database alone: change those of the other in the same migration, too';
  for (const pair of pairs) refuse(unlike, chainsOf(pair), (each) => changedInOne(each, pair));
}

async function drafts(stores: readonly StoreFolder[], name?: string): Promise<Draft[]> {
  const each = await Promise.all(stores.map((store) => draftsOf(store, name)));
  return each.flat();
}

const titles = (of: readonly Draft[]) => of.map(({ title }) => title).join(', ');

function refuse(
  fault: string,
  of: readonly Pick<Draft, 'title' | 'added'>[],
  faultsOf: (migration: NewMigration) => readonly string[],
): void {
  const faults = of.flatMap(({ title, added }) =>
    added.flatMap((migration) => faultsOf(migration).map((text) => `  ${title}: ${text}`)),
  );
  if (faults.length > 0) throw new MigrationError(`${fault}:\n${faults.join('\n')}`);
}
