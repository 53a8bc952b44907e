import { services } from '@airline/schema/events';
import { beforeAll, expect, test } from 'vitest';
import { CLIENT_NAMESPACE } from './client-pod.ts';
import { eventually } from './eventually.ts';
import { programIn } from './in-pod.ts';
import { kubectl, namespace, read } from './kubectl.ts';
import { isReady, podsOf, servingPods } from './rollout.ts';
import { useAirline } from './use-airline.ts';

// Every connection that could be made is tried, and is open or closed as the network policies say. Each address that is closed to
// some is open to others, so that none is closed for want of a listener; metrics are read by Prometheus, see observed.cluster.test.ts.

useAirline();

/** Tries addresses, `host:port`, all at once, and prints those that are open. */
const TRY = `
import { connect } from 'node:net';
const isOpen = (address) => new Promise((resolve) => {
  const [host, port] = address.split(':');
  const socket = connect({ host, port: Number(port), timeout: 5_000 });
  const end = (open) => { socket.destroy(); resolve(open); };
  socket.once('connect', () => end(true)).once('error', () => end(false)).once('timeout', () => end(false));
});
const addresses = JSON.parse(process.argv[1]);
const open = await Promise.all(addresses.map(isOpen));
process.stdout.write(JSON.stringify(addresses.filter((_, index) => open[index])));
`;

interface Services {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly ports: readonly { readonly port: number }[] };
  }[];
}

let router: string;
let ofSubgraphs: readonly string[];
let ofData: readonly string[];

beforeAll(async () => {
  const { items } = await read<Services>('services');
  const addresses = new Map(
    items.map(({ metadata: { name }, spec }) => [name, `${name}.${namespace}:${spec.ports[0]?.port}`]),
  );
  const of = (name: string) => addresses.get(name) ?? `${name} has no Service`;
  router = of('router');
  ofSubgraphs = services.map(of).toSorted();
  ofData = ['redis', 'postgres'].map(of).toSorted();
});

async function metricsOf(names: readonly string[]): Promise<string[]> {
  const pods = (await Promise.all(names.map(podsOf))).flat().filter(isReady);
  return pods.map(({ status }) => `${status.podIP}:9464`);
}

/** Of these addresses those that are open to a pod; of its own metrics it is no stranger. */
async function openTo(within: string, pod: string, addresses: readonly string[]): Promise<string[]> {
  const open: string[] = JSON.parse(await programIn(within, pod, TRY, JSON.stringify(addresses)));
  return open.toSorted();
}

/** Waits until these are open to a pod and no others: new pods serve a moment before the network plugin closes them to strangers. */
const opensTo = (within: string, pod: string, addresses: readonly string[], open: readonly string[]) =>
  eventually(`${pod} reaches ${open.join(', ')} and nothing else`, async () => {
    expect(await openTo(within, pod, addresses)).toEqual(open);
    return true;
  });

test('the router reaches the subgraphs, and neither data nor metrics', async () => {
  const [pod] = await servingPods('router');
  const addresses = [...ofSubgraphs, ...ofData, ...(await metricsOf(services))];
  await opensTo(namespace, pod, addresses, ofSubgraphs);
});

test.each(services)('%s reaches the data, and no other service', async (name) => {
  const [pod] = await servingPods(name);
  const others = services.filter((other) => other !== name);
  const addresses = [
    ...ofData,
    router,
    ...ofSubgraphs.filter((address) => !address.startsWith(`${name}.`)),
    ...(await metricsOf(['router', ...others])),
  ];
  await opensTo(namespace, pod, addresses, ofData);
});

test('from outside the router is reached, and nothing else', async () => {
  const addresses = [router, ...ofSubgraphs, ...ofData, ...(await metricsOf(['router', ...services]))];
  await opensTo(CLIENT_NAMESPACE, 'client', addresses, [router]);
});

test('a new pod has all that it needs from its first request on', async () => {
  for (const [name, needed] of [
    ['router', ofSubgraphs],
    ['flight', ofData],
  ] as const) {
    const before = new Set((await podsOf(name)).map(({ metadata }) => metadata.name));
    const [first] = before;
    await kubectl(['--namespace', namespace, 'delete', 'pod', `${first}`, '--wait=false']);
    const pod = await eventually(`a new pod of ${name} is ready`, async () =>
      (await servingPods(name)).find((one) => !before.has(one)),
    );
    expect(await openTo(namespace, pod, needed)).toEqual(needed);
  }
});
