import { present } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attackers } from './attackers/index.ts';
import { attackerAddress } from './attackers/target.ts';
import { attackWhile, book } from './attacks.ts';
import { measureOverload } from './overload.ts';
import { Scene } from './scene.ts';

// The short form of `npm run bench:overload`, without what is a time.

const MOMENT_S = 0.3;

// Each client has an address of the machine's own, which others than Linux do not have.
const isLinux = process.platform === 'linux';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene[Symbol.asyncDispose]());

test.runIf(isLinux)(
  'of more than the system can do, each request is served or refused, and nothing acknowledged is lost',
  async () => {
    const overload = await measureOverload(scene, { seconds: 1, factor: 10, warmUp: 200 });
    const { offered, served, refused, failures, health, lost } = overload;
    expect({ failures, health: health.failures, lost: lost.faults }).toEqual({
      failures: [],
      health: 0,
      lost: [],
    });
    expect(refused).toBeGreaterThan(0);
    expect(served + refused).toBe(offered);
    expect(lost.acknowledged).toBeGreaterThan(0);
  },
);

describe.runIf(isLinux)('while one client attacks, all others are served, and nothing is left of it', () => {
  test.each(attackers)('$name', async (attacker) => {
    const { pid } = scene.system.processes.router ?? {};
    const { failures, refused, served, health } = await attackWhile(scene, attacker, () =>
      book(scene, MOMENT_S),
    );
    expect({ failures, refused, health: health.failures }).toEqual({ failures: [], refused: 0, health: 0 });
    expect(served).toBeGreaterThan(0);
    // It is that of the start, and lives.
    expect(pid && process.kill(pid, 0)).toBe(true);
  });

  test('which the router would not do if it took them for the same client', async () => {
    const untilRefused = async () => {
      for (;;) {
        const outcomes = await book(scene, MOMENT_S, attackerAddress(0));
        if (outcomes.some(({ as }) => as === 'refused')) return outcomes;
      }
    };
    const { refused } = await attackWhile(scene, present(attackers[0], 'attacker'), untilRefused);
    expect(refused).toBeGreaterThan(0);
  });
});
