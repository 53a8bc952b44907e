import { residentMb } from '../memory.ts';
import { startAttack } from './attackers/start.ts';
import type { Attacker } from './attackers/target.ts';
import { HealthWatch } from './health.ts';
import { type Outcome, sendAtRate } from './requests.ts';
import { countsOf, type Latencies, latenciesOf, type Scene } from './scene.ts';

/** What became of the others while one client attacked. */
export interface Attacked extends ReturnType<typeof countsOf> {
  readonly name: string;
  readonly latencies: Latencies;
  readonly health: { readonly failures: number; readonly worstMs: number };
  /** Of the router, in MB, at the end of the attack. */
  readonly memory: number;
  /** What the attacker got, by status, code, or as what else its requests ended. */
  readonly got: Readonly<Record<string, number>>;
}

export interface Measured extends Attacked {
  /** Just before, of the same system. */
  readonly usual: Latencies;
}

/** Bookings in a second, and as many reads. */
const PER_SECOND = 20;

/** One attacker at work, and before it the others alone, for as many seconds each. */
export async function measureAttack(scene: Scene, attacker: Attacker, seconds: number): Promise<Measured> {
  const usual = latenciesOf(await book(scene, seconds));
  return { usual, ...(await attackWhile(scene, attacker, () => book(scene, seconds))) };
}

/** What becomes of the others while one attacks; returns once the router has nothing left of the attack. */
export async function attackWhile(
  scene: Scene,
  attacker: Attacker,
  others: () => Promise<readonly Outcome[]>,
): Promise<Attacked> {
  const { connections } = await scene.load();
  let attacked: Attacked;
  {
    await using attack = await startAttack(attacker, scene.system.url);
    await using health = new HealthWatch(scene.system.healthUrl);
    const outcomes = await others();
    const { failures, worstMs } = health;
    attacked = {
      name: attacker.name,
      latencies: latenciesOf(outcomes),
      ...countsOf(outcomes),
      health: { failures, worstMs },
      memory: residentMb(scene.router),
      got: attack.got(),
    };
  }
  await scene.calm(connections);
  return attacked;
}

/** The others: bookings and reads, as many of each. @param address of all of them; by default each has its own */
export const book = (scene: Scene, seconds: number, address?: string): Promise<Outcome[]> =>
  sendAtRate({ perSecond: PER_SECOND * 2, seconds }, (index) => {
    const { workload } = scene;
    return scene.send(index, index % 2 === 0 ? workload.booking(index) : workload.read, address);
  });
