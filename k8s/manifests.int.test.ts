import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { beforeAll, describe, expect, test } from 'vitest';
import { manifestFaults } from './checks/check-manifests.ts';
import { applyChange, type Change } from './checks/json-patch.ts';
import { render, root } from './checks/kubectl.ts';
import type { Manifest } from './checks/manifest.ts';
import { mistakes } from './checks/mistake.ts';
import { components, overlays, renderAll } from './checks/overlays.ts';

interface Mistake {
  readonly overlay: string;
  /** Kind and name. */
  readonly object: string;
  /** Of that object, where they name no other one. */
  readonly changes: readonly (Change & { readonly object?: string })[];
  readonly caught: readonly string[];
}

let rendered: Map<string, Manifest[]>;

beforeAll(async () => {
  rendered = await renderAll();
});

const of = (name: string) => rendered.get(name) ?? [];

test.each([...overlays, ...components])(
  '%s fits schemas, references, the code, and what pods are held to',
  async (name) => {
    const manifests = of(name);
    expect(manifests.length).toBeGreaterThan(40);
    expect(await manifestFaults(name, manifests)).toEqual([]);
  },
);

test.each(mistakes<Mistake>('manifests'))(
  'catches %s',
  async (_name, { overlay, object, changes, caught }) => {
    const manifests = structuredClone(of(overlay));
    for (const { object: name = object, ...change } of changes) {
      const target = manifests.find(({ kind, metadata }) => `${kind} ${metadata.name}` === name);
      if (!target) throw new Error(`${overlay} has no ${name}`);
      applyChange(target, change);
    }
    expect(caught).not.toEqual([]);
    expect(await manifestFaults(overlay, manifests)).toEqual(caught);
  },
);

describe('what kustomize itself refuses', () => {
  test.each(['no-such-file', 'patch-of-nothing'])('%s', async (name) => {
    const folder = join(root, 'k8s/broken/kustomizations', name);
    const [, message] =
      /^# caught: (.*)/.exec(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) ?? [];
    expect(message).toBeTruthy();
    await expect(render(folder)).rejects.toThrow(message);
  });
});

test('the supergraph, and the levels of logs, reach processes that run: their ConfigMaps keep their names', () => {
  const names = of('local')
    .filter(({ kind }) => kind === 'ConfigMap')
    .map(({ metadata }) => metadata.name);
  const configs = [...services, 'router'].map((service) => `config-${service}`);
  expect(names).toEqual(expect.arrayContaining(['supergraph', ...configs]));
});

test('the reservation service asks for 200m of CPU, and runs one to three times at half of that', () => {
  const manifests = of('test');
  const named = (kind: string) =>
    manifests.find((one) => one.kind === kind && one.metadata.name === 'reservation');
  expect(named('Deployment')).toMatchObject({
    spec: { template: { spec: { containers: [{ resources: { requests: { cpu: '200m' } } }] } } },
  });
  expect(named('HorizontalPodAutoscaler')).toMatchObject({
    spec: {
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 50 } } }],
    },
  });
});

test.each(['aks', 'mesh'])(
  '%s has two pods of every service or more, so that a node can be drained',
  (name) => {
    const scalers = of(name).filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(scalers.map(({ metadata }) => metadata.name).toSorted()).toEqual(
      [...services, 'router'].toSorted(),
    );
    for (const scaler of scalers)
      expect(scaler).toMatchObject({ spec: { minReplicas: expect.toSatisfy((count) => count >= 2) } });
  },
);

test('on Azure each service has an identity of its own, and nothing else has one', () => {
  const file = readFileSync(join(root, 'k8s/overlays/aks/kustomization.yaml'), 'utf8');
  const identities = [
    ...file.matchAll(/kind: SecretProviderClass, name: (\w+) \}\n.*clientID.*"value": "(.*)"/g),
  ];
  expect(identities.map(([, name]) => name)).toEqual(['router', ...services]);
  expect(new Set(identities.map(([, , id]) => id)).size).toBe(identities.length);
});

test('pods of payment get the provider of their ConfigMap, and every key of the Secret with its variables', () => {
  const deployment = of('aks').find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'payment',
  );
  const provider = { configMapKeyRef: { name: 'config-payment', key: 'PAYMENT_PROVIDER' } };
  expect(deployment).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              env: expect.arrayContaining([{ name: 'PAYMENT_PROVIDER', valueFrom: provider }]),
              envFrom: [{ secretRef: { name: 'secret-payment-provider', optional: true } }],
            },
          ],
        },
      },
    },
  });
});
