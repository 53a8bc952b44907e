import { kubectl, namespace } from './kubectl.ts';

/**
 * Asks for a pod to leave its node, as `kubectl drain` does.
 *
 * @throws Error when its budget does not allow that
 */
export async function evict(pod: string, deleteOptions: { readonly dryRun?: string[] } = {}): Promise<void> {
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: pod, namespace },
    deleteOptions,
  };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
  await kubectl(['create', '--raw', path, '--filename', '-'], JSON.stringify(eviction));
}
