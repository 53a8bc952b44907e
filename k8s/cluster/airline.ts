import { join } from 'node:path';
import { services as subgraphs } from '@airline/schema/events';
import { render, root } from '../checks/kubectl.ts';
import { type Manifest, workloads } from '../checks/manifest.ts';
import { eventually } from './eventually.ts';
import { prepareGateway } from './gateway.ts';
import { apply, kubectl, namespace, read } from './kubectl.ts';
import { isStaying, podsOf, rolledOut } from './rollout.ts';

export const services = ['router', ...subgraphs];
const data = ['redis', 'postgres'];
/** Where Prometheus is. */
export const OBSERVABILITY = 'observability';

/** What the tests deploy: the overlay `test`. */
export async function manifests(): Promise<Manifest[]> {
  return await render(join(root, 'k8s/overlays/test'));
}

/** The image of a service, or of Redis or Postgres, as the overlay names it. */
export async function imageOf(name: string): Promise<string> {
  const workload = workloads(await manifests()).find(({ manifest }) => manifest.metadata.name === name);
  const image = workload?.containers[0]?.image;
  if (image === undefined) throw new Error(`The overlay runs no ${name}.`);
  return image;
}

/** Deploys what has changed, and waits until everything is ready. */
export async function deploy(): Promise<void> {
  await prepareGateway();
  await apply(await manifests());
  await wakeUp();
  await everythingReady();
}

/** An autoscaler leaves a Deployment alone that has been scaled to nothing, as a test that was interrupted may have left one. */
async function wakeUp(): Promise<void> {
  for (const name of services) {
    const { spec } = await read<{ spec: { replicas: number } }>('deployment', name);
    if (spec.replicas === 0)
      await kubectl(['--namespace', namespace, 'scale', `deployment/${name}`, '--replicas=1']);
  }
}

/** Removes the airline, its data included; Prometheus stays. */
export async function removeEverything(): Promise<void> {
  await kubectl(['delete', 'namespace', namespace, '--ignore-not-found', '--timeout=600s']);
}

/** Waits until all pods of all workloads are ready, and there are as many as the autoscalers want at the least. */
export async function everythingReady(): Promise<void> {
  for (const name of data) await rolledOut(name, 'statefulset');
  await rolledOut('prometheus', 'statefulset', OBSERVABILITY);
  await rolledOut('traefik', 'deployment', 'gateway');
  await Promise.all(
    services.map(async (name) => {
      const scaler = await read<{ spec: { minReplicas: number } }>('horizontalpodautoscaler', name);
      await eventually(`${name} has ${scaler.spec.minReplicas} replicas`, async () => {
        const deployment = await read<{ spec: { replicas: number } }>('deployment', name);
        return deployment.spec.replicas >= scaler.spec.minReplicas;
      });
      await rolledOut(name);
    }),
  );
}

/** Lets no autoscaler start more than it must: for tests of something else, where a node has room for little. */
export async function holdReplicas(): Promise<void> {
  const least = new Map<string, number>();
  for (const name of services) {
    const { spec } = await read<{ spec: { minReplicas: number } }>('horizontalpodautoscaler', name);
    least.set(name, spec.minReplicas);
    await scaleUpTo(name, spec.minReplicas);
  }
  await everythingReady();
  for (const [name, replicas] of least) {
    await eventually(
      `${name} has no pods but ${replicas}`,
      async () => (await podsOf(name)).filter(isStaying).length === replicas,
    );
  }
}

/** Changes how many replicas a Deployment's autoscaler may start. */
export async function scaleUpTo(name: string, maxReplicas: number): Promise<void> {
  const patch = JSON.stringify({ spec: { maxReplicas } });
  await kubectl(['--namespace', namespace, 'patch', 'horizontalpodautoscaler', name, '--patch', patch]);
}
