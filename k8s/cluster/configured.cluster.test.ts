import { request } from '@airline/testing';
import { expect, test } from 'vitest';
import { manifests, services } from './airline.ts';
import { eventually } from './eventually.ts';
import { programInPod, queryInPod } from './in-pod.ts';
import { kubectl, namespace } from './kubectl.ts';
import { type Line, linesOf } from './logs.ts';
import { startProgress } from './progress.ts';
import { isStaying, type Pod, podsOf, servingPods } from './rollout.ts';
import { expectNothingDropped } from './settled.ts';
import { useAirline } from './use-airline.ts';

// What is changed by its ConfigMap alone: the same processes run before and after.

const tell = startProgress('configured');
const airline = useAirline();

interface Identity {
  readonly uid: string;
  readonly restarts: readonly number[];
}

/** By pod, what any kind of restart changes. */
async function processes(): Promise<Record<string, Identity>> {
  const pods = (await Promise.all(services.map(podsOf))).flat().filter(isStaying);
  return Object.fromEntries(pods.map((pod) => [pod.metadata.name, identity(pod)]));
}

function identity({ metadata, status }: Pod): Identity {
  return {
    uid: metadata.uid,
    restarts: (status.containerStatuses ?? []).map(({ restartCount }) => restartCount),
  };
}

async function changeConfig(name: string, data: Readonly<Record<string, string>>): Promise<void> {
  const patch = JSON.stringify({ data });
  await kubectl(['--namespace', namespace, 'patch', 'configmap', name, '--patch', patch]);
}

/** Has the kubelet look at a service's pods at once, by a change of theirs, instead of within its next minute. */
async function lookAtPodsOf(service: string): Promise<void> {
  const changed = `looked-at=${process.hrtime.bigint()}`;
  const pods = `--selector=app.kubernetes.io/name=${service}`;
  await kubectl(['--namespace', namespace, 'annotate', 'pods', pods, changed, '--overwrite']);
}

/** What is logged from now on. */
async function logsFromHere(pods: readonly string[]) {
  const before = new Map(
    await Promise.all(pods.map(async (pod) => [pod, (await linesOf(pod)).length] as const)),
  );
  const since = async (pod: string) => (await linesOf(pod)).slice(before.get(pod));
  return {
    /** By pod. */
    lines: async () => await Promise.all(pods.map(since)),
    /**
     * Waits until each of the pods has logged such a line. The kubelet brings a changed ConfigMap to a pod when it looks at it the
     * next time, once in a minute or so.
     */
    everyPod: async (what: string, isMeant: (line: Line) => boolean) => {
      const begun = performance.now();
      await eventually(`every pod has logged ${what}`, async () =>
        (await Promise.all(pods.map(since))).every((lines) => lines.some(isMeant)),
      );
      tell(`every pod has logged ${what} after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    },
  };
}

/** Opens a WebSocket and sends what is none of its frames, which is worth a line at level debug; ends when it is closed. */
const BREAK_WEBSOCKET = `
import { connect } from 'node:net';
const socket = connect(8083, '127.0.0.1', () => socket.write([
  'GET /graphql HTTP/1.1', 'Host: flight', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: ' + Buffer.alloc(16).toString('base64'), 'Sec-WebSocket-Protocol: graphql-transport-ws', '', '',
].join('\\r\\n')));
socket.once('data', () => socket.write(Buffer.alloc(8, 0xff)));
socket.on('error', () => {}).resume();
`;

test('the level of the log of flight follows FLIGHT_LOG_LEVEL, in pods that run on', async () => {
  const before = await processes();
  const pods = await servingPods('flight', 2);
  const breakWebSockets = () => Promise.all(pods.map((pod) => programInPod(pod, BREAK_WEBSOCKET)));
  const isDebug = ({ level }: Line) => level === 'debug';
  const changedTo = (level: string) => (line: Line) => line.changedTo === level;

  const atInfo = await logsFromHere(pods);
  await breakWebSockets();
  expect((await atInfo.lines()).flat().filter(isDebug)).toEqual([]);

  const atDebug = await logsFromHere(pods);
  await changeConfig('config-flight', { FLIGHT_LOG_LEVEL: 'debug' });
  await atDebug.everyPod('that its level is debug', changedTo('debug'));
  await breakWebSockets();
  await atDebug.everyPod('a line at level debug', isDebug);

  const back = await logsFromHere(pods);
  await changeConfig('config-flight', { FLIGHT_LOG_LEVEL: 'info' });
  await lookAtPodsOf('flight');
  await back.everyPod('that its level is info', changedTo('info'));
  const atInfoAgain = await logsFromHere(pods);
  await breakWebSockets();
  expect((await atInfoAgain.lines()).flat().filter(isDebug)).toEqual([]);
  expect(await processes()).toEqual(before);
});

test('a new supergraph is served by routers that run on, and a broken one is refused, while customers book', async () => {
  const before = await processes();
  const pods = await servingPods('router', 2);
  const supergraph = await supergraphDeployed();
  const DESCRIPTION = 'What only a new supergraph says of a flight.';
  const newer = supergraph.replace(/^type Flight$/m, `"""${DESCRIPTION}"""\ntype Flight`);
  expect(newer).not.toBe(supergraph);
  const QUERY = '{ __type(name: "Flight") { description } }';
  interface Described {
    readonly __type: { readonly description: string | null };
  }
  const descriptions = async () => {
    const responses = await Promise.all([
      request<Described>(airline.url, QUERY),
      ...pods.map((pod) => queryInPod<Described>(pod, 8088, QUERY)),
    ]);
    return [...new Set(responses.map(({ __type }) => __type.description))];
  };
  const replaceBy = async (text: string) => {
    const logs = await logsFromHere(pods);
    await changeConfig('supergraph', { 'supergraph.graphql': text });
    await lookAtPodsOf('router');
    return logs;
  };
  const isServing = ({ msg }: Line) => msg === 'serving the new supergraph';
  const [former] = await descriptions();

  const traffic = await airline.startTraffic({ customers: 1, subscribers: 2, pauseMs: 200 });
  await traffic.requestsServed(5);
  await (await replaceBy(newer)).everyPod('that it serves the new supergraph', isServing);
  expect(await descriptions()).toEqual([DESCRIPTION]);
  await traffic.requestsServed(10);

  const broken = await replaceBy(newer.slice(0, newer.length / 2));
  await broken.everyPod('that the broken supergraph does not serve', ({ level, msg }) => {
    return level === 'error' && msg.includes('the previous one is still in use');
  });
  expect(await descriptions()).toEqual([DESCRIPTION]);
  await traffic.requestsServed(10);

  await (await replaceBy(supergraph)).everyPod('that it serves the former supergraph', isServing);
  expect(await descriptions()).toEqual([former]);
  await traffic.requestsServed(10);
  await expectNothingDropped(airline.url, traffic, tell);
  expect(await processes()).toEqual(before);
});

async function supergraphDeployed(): Promise<string> {
  const map = (await manifests()).find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'supergraph',
  );
  const text = map?.data?.['supergraph.graphql'];
  if (text === undefined) throw new Error('The overlay has no supergraph.');
  return text;
}
