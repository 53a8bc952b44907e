import { eventually } from './eventually.ts';
import { kubectl, namespace, read } from './kubectl.ts';

export interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly {
      readonly restartCount: number;
      readonly state: { readonly waiting?: { readonly reason?: string } };
    }[];
  };
}

/** The pods of a Deployment or a StatefulSet, those that are being deleted included. */
export async function podsOf(name: string): Promise<readonly Pod[]> {
  const { items } = await read<{ items: Pod[] }>('pods', '--selector', `app.kubernetes.io/name=${name}`);
  return items;
}

/** Whether it is not being deleted. */
export function isStaying({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp === undefined;
}

export function isReady(pod: Pod): boolean {
  const ready = pod.status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
  return ready && isStaying(pod);
}

/** The names of the pods that serve; throws when there are fewer than `atLeast`. */
export async function servingPods(name: string, atLeast: 0): Promise<readonly string[]>;
export async function servingPods(name: string, atLeast: 2): Promise<readonly [string, string, ...string[]]>;
export async function servingPods(name: string, atLeast?: 1): Promise<readonly [string, ...string[]]>;
export async function servingPods(name: string, atLeast = 1): Promise<readonly string[]> {
  const pods = (await podsOf(name)).filter(isReady).map(({ metadata }) => metadata.name);
  if (pods.length < atLeast) throw new Error(`${name} has ${pods.length} pods that serve, not ${atLeast}.`);
  return pods;
}

/**
 * Waits until a workload's pods are all of its newest version and ready. `kind` is deployment or statefulset.
 *
 * @throws Error when a Deployment makes no progress within its own `progressDeadlineSeconds`
 */
export async function rolledOut(name: string, kind = 'deployment', within = namespace): Promise<void> {
  await kubectl(['--namespace', within, 'rollout', 'status', `${kind}/${name}`]);
}

/** Replaces a Deployment's pods, one after the other, until the last of the old ones has gone. */
export async function restart(name: string): Promise<void> {
  await kubectl(['--namespace', namespace, 'rollout', 'restart', `deployment/${name}`]);
  await rolledOut(name);
  await eventually(`the former pods of ${name} have gone`, async () => (await podsOf(name)).every(isStaying));
}
