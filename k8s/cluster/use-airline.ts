import { afterAll, beforeAll } from 'vitest';
import { deploy, holdReplicas } from './airline.ts';
import { type ApiServer, openApiServer } from './api-server.ts';
import { startClientPod, stopClientPod } from './client-pod.ts';
import { type Door, openDoor } from './door.ts';
import { startTraffic, type Traffic, type TrafficOptions } from './traffic.ts';

/** The airline as the tests of a file find it. */
export interface UsedAirline {
  /** As if its router served here; while the tests run. */
  readonly url: string;
  /** Customers book and others listen, until they are stopped. */
  startTraffic(options: TrafficOptions): Promise<Traffic>;
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
  let api: ApiServer | undefined;
  let door: Door | undefined;

  beforeAll(async () => {
    await prepare();
    await startClientPod();
    api = await openApiServer();
    door = await openDoor(api);
  });

  afterAll(async () => {
    await door?.[Symbol.asyncDispose]();
    await api?.[Symbol.asyncDispose]();
    await stopClientPod();
    await deploy();
  });

  const open = () => {
    if (!api || !door) throw new Error('The airline is there when the tests run, not before.');
    return { api, url: door.url };
  };
  return {
    get url() {
      return open().url;
    },
    startTraffic: (options) => startTraffic(open().api, open().url, options),
  };
}
