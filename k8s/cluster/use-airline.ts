import { afterAll, beforeAll } from 'vitest';
import { deploy, holdReplicas } from './airline.ts';
import { startClientPod, stopClientPod } from './client-pod.ts';
import { type Door, openDoor } from './door.ts';

/** The airline as the tests of a file find it. */
export interface UsedAirline {
  /** As if its router served here; while the tests run. */
  readonly url: string;
}

async function deployHeld(): Promise<void> {
  await deploy();
  await holdReplicas();
}

/**
 * Has the tests of a file find the airline deployed, and a pod of a client beside it. What they have changed is put back after
 * them. `prepare` deploys it; by default with the autoscalers' minimum of replicas.
 */
export function useAirline(prepare: () => Promise<void> = deployHeld): UsedAirline {
  let door: Door | undefined;

  beforeAll(async () => {
    await prepare();
    await startClientPod();
    door = await openDoor();
  });

  afterAll(async () => {
    await door?.[Symbol.asyncDispose]();
    await stopClientPod();
    await deploy();
  });

  return {
    get url() {
      if (!door) throw new Error('The airline is there when the tests run, not before.');
      return door.url;
    },
  };
}
