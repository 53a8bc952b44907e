import { expect, test } from 'vitest';
import { deploy, holdReplicas, imageOf, manifests, services } from './airline.ts';
import { eventually } from './eventually.ts';
import { apply, kubectl, namespace } from './kubectl.ts';
import { startProgress } from './progress.ts';
import { type Pod, podsOf, restart, rolledOut } from './rollout.ts';
import { expectNothingDropped, settledWell } from './settled.ts';
import { inWords, type Traffic } from './traffic.ts';
import { unguarded } from './unguarded.ts';
import { useAirline } from './use-airline.ts';

// Rollouts while customers book with a connection for each request, and with one that they keep, and others subscribe.

const TRAFFIC = { customers: 3, subscribers: 3, pauseMs: 100 };

const tell = startProgress('rollout');
const airline = useAirline();

async function restartAll(traffic: Traffic): Promise<void> {
  for (const service of services) {
    tell(`replacing the pods of ${service}`);
    await restart(service);
    tell(`replaced: ${inWords(await traffic.met())}`);
  }
}

test('replacing all pods of every service in turn drops no request and no event', async () => {
  const traffic = await airline.startTraffic(TRAFFIC);
  await traffic.requestsServed(20);
  await restartAll(traffic);
  await traffic.requestsServed(20);
  const { met, heard } = await expectNothingDropped(airline.url, traffic, tell);
  tell(
    `${met.closed.reservations + met.kept.reservations} reservations; subscribers heard ${heard[0]?.events} events each, ` +
      `resumed ${heard.map(({ resumed }) => resumed).join(', ')} times`,
  );
  // Each lost its router at least once.
  expect(heard.filter(({ resumed }) => resumed === 0)).toEqual([]);
});

test('without probes, preStop and drain the same drops requests', async () => {
  tell('deploying without probes, preStop and drain');
  await apply(unguarded(await manifests()));
  try {
    for (const service of services) await rolledOut(service);
    // Kubernetes takes pods for ready that do not listen yet.
    await settledWell(airline.url);
    const traffic = await airline.startTraffic(TRAFFIC);
    await traffic.requestsServed(20);
    await restartAll(traffic);
    const met = await traffic.stopBooking();
    tell(inWords(met));
    await traffic.stopListening();
    expect(met.closed.failed).toBeGreaterThan(0);
    // A reservation that was acknowledged exists all the same.
    await settledWell(airline.url, met);
  } finally {
    tell('deploying as it should be');
    await deploy();
    await holdReplicas();
  }
});

test.each([
  { what: 'that does not exist', image: async () => `${await imageOf('reservation')}-and-never-was` },
  { what: 'that serves nothing', image: () => imageOf('redis') },
])('a rollout of an image $what drops no request, and is undone', async ({ what, image }) => {
  const deployment = 'deployment/reservation';
  const inNamespace = (...args: string[]) => kubectl(['--namespace', namespace, ...args]);
  const traffic = await airline.startTraffic(TRAFFIC);
  await traffic.requestsServed(20);
  tell(`rolling out an image ${what}`);
  await inNamespace('set', 'image', deployment, `service=${await image()}`);
  try {
    // What serves nothing is restarted when its startup probe has failed for two and a half minutes.
    await eventually('its pod fails', async () => (await podsOf('reservation')).some(isFailing));
    await traffic.requestsServed(100);
  } finally {
    await inNamespace('rollout', 'undo', deployment);
    await rolledOut('reservation');
  }
  const images = await inNamespace('get', deployment, '--output', 'jsonpath={..image}');
  expect(images).toBe(await imageOf('reservation'));
  await expectNothingDropped(airline.url, traffic, tell);
});

function isFailing({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp !== undefined) return false;
  return (status.containerStatuses ?? []).some(
    ({ restartCount, state }) =>
      restartCount > 0 || ['ErrImagePull', 'ImagePullBackOff'].includes(state.waiting?.reason ?? ''),
  );
}
