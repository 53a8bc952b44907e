import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { IContainer } from 'kubernetes-models/v1/Container';
import { type Manifest, ofKind, title, type Workload, workloads } from './manifest.ts';

/**
 * What every pod is held to: the restricted standard (https://kubernetes.io/docs/concepts/security/pod-security-standards/), a
 * read-only root, requests and limits, an image of one version, no token unless a role is bound to it, and no variables of
 * Services that would be mistaken for our own.
 */
export function podFaults(manifests: readonly Manifest[]): string[] {
  const bound = ofKind<IRoleBinding>(manifests, 'RoleBinding').flatMap(({ subjects = [] }) =>
    subjects.map(({ namespace, name }) => `${namespace}/${name}`),
  );
  return workloads(manifests).flatMap((workload) => {
    const { manifest, namespace, pod, containers } = workload;
    const of = title(manifest);
    const hasRole = bound.includes(`${namespace}/${pod.serviceAccountName}`);
    const faults = [
      [pod.enableServiceLinks === false, 'enableServiceLinks should be false'],
      [pod.automountServiceAccountToken === false || hasRole, 'it mounts a token that nothing is granted to'],
      [pod.securityContext?.runAsNonRoot === true, 'it may run as root'],
      [pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'its system calls are not filtered'],
      [!(pod.hostNetwork || pod.hostPID || pod.hostIPC), 'it shares namespaces with its node'],
      [readsLogs(workload) || foldersOfNode(workload).length === 0, 'it mounts a folder of its node'],
    ] as const;
    return [...broken(of, faults), ...containers.flatMap((container) => containerFaults(of, container))];
  });
}

const foldersOfNode = ({ pod }: Workload) => pod.volumes?.filter(({ hostPath }) => hostPath) ?? [];

/** Whether it reads the logs of its node's pods, and mounts no other folder of its node. */
export function readsLogs(workload: Workload): boolean {
  const folders = foldersOfNode(workload);
  const mounts = workload.containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  return (
    folders.length > 0 &&
    folders.every(
      ({ name, hostPath }) =>
        hostPath?.path === '/var/log/pods' &&
        mounts.every((mount) => mount.name !== name || mount.readOnly === true),
    )
  );
}

function broken(of: string, faults: readonly (readonly [boolean, string])[]): string[] {
  return faults.flatMap(([holds, message]) => (holds ? [] : [`${of}: ${message}`]));
}

function containerFaults(of: string, container: IContainer): string[] {
  const { image = '', resources, securityContext } = container;
  const tag = /:([\w.-]+)$/.exec(image)?.[1];
  return broken(of, [
    [tag !== undefined && tag !== 'latest', `its image ${image} has no pinned version`],
    [securityContext?.allowPrivilegeEscalation === false, 'it may gain privileges'],
    [securityContext?.readOnlyRootFilesystem === true, 'its root file system is writable'],
    [securityContext?.capabilities?.drop?.includes('ALL') === true, 'it keeps capabilities'],
    [has(resources?.requests, 'cpu', 'memory'), 'it has no requests of cpu and memory'],
    [has(resources?.limits, 'cpu', 'memory'), 'its cpu or memory has no limit'],
    [container.readinessProbe !== undefined, 'it has no readiness probe'],
  ]);
}

function has(quantities: object | undefined, ...names: string[]): boolean {
  return names.every((name) => quantities !== undefined && name in quantities);
}

/** The Deployments of our own images. */
export function ourServices(manifests: readonly Manifest[]): Workload[] {
  return workloads(manifests).filter(
    ({ manifest, labels }) =>
      manifest.kind === 'Deployment' && labels['app.kubernetes.io/part-of'] === 'airline',
  );
}
