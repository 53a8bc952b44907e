import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../checks/manifest.ts';
import { components, overlays, renderAll } from '../checks/overlays.ts';
import { prepareGateway } from './gateway.ts';
import { apply, kubectl, warningsOf } from './kubectl.ts';

// The API server itself looks at every overlay and component, without running it: in namespaces that nothing runs in, so that
// nothing that is there differs.

const SUFFIX = '-dry-run';
/** Kinds whose definitions this cluster need not have: those of Istio, the Prometheus Operator, and what the overlay aks stands on. */
const ELSEWHERE =
  /^(\w+\.istio\.io|monitoring\.coreos\.com|secrets-store\.csi\.x-k8s\.io|policy\.sigstore\.dev)\//;

let rendered: Map<string, Manifest[]>;
let served: ReadonlySet<string>;

/** Namespaces that the manifests are in, with the labels that they come with. */
function namespacesOf(all: readonly Manifest[]): Manifest[] {
  const held = all.filter(({ kind }) => kind === 'Namespace');
  const names = new Set(all.flatMap(({ metadata }) => metadata.namespace ?? []));
  return [...names].map((name) => {
    const labels = held.find(({ metadata }) => metadata.name === name)?.metadata.labels;
    return {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: name + SUFFIX, ...(labels && { labels }) },
    };
  });
}

beforeAll(async () => {
  await prepareGateway();
  rendered = await renderAll();
  const kinds = await kubectl(['api-resources', '--no-headers']);
  served = new Set(
    kinds.split('\n').map((line) => {
      const words = line.trim().split(/\s+/);
      return words
        .slice(-3)
        .filter((word) => word !== 'true' && word !== 'false')
        .join(' ');
    }),
  );
  await apply(namespacesOf([...rendered.values()].flat()));
});

afterAll(async () => {
  const names = namespacesOf([...rendered.values()].flat()).map(({ metadata }) => metadata.name);
  await kubectl(['delete', 'namespace', ...names, '--ignore-not-found', '--timeout=600s']);
});

describe.each([...overlays, ...components])('%s', (name) => {
  test('is accepted without a warning', async () => {
    const manifests = (rendered.get(name) ?? []).filter(({ kind }) => kind !== 'Namespace');
    const known = manifests.filter(({ apiVersion, kind }) => served.has(`${apiVersion} ${kind}`));
    const unknown = new Set(
      manifests.filter((one) => !known.includes(one)).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`),
    );
    expect([...unknown].filter((kind) => !ELSEWHERE.test(kind))).toEqual([]);
    const moved = known.map((one) => {
      const { namespace } = one.metadata;
      return namespace === undefined
        ? one
        : { ...one, metadata: { ...one.metadata, namespace: namespace + SUFFIX } };
    });
    expect(await warningsOf(moved)).toEqual([]);
  });
});

test('what is deprecated is warned of', async () => {
  const endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'old', namespace: 'default' } };
  expect(await warningsOf([endpoints])).toEqual([expect.stringContaining('deprecated')]);
});
