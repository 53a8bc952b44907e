import { find, ofKind, title, type Workload, workloads } from '../manifest.ts';
import { keysOf, type Surroundings } from '../provided.ts';

/** Volumes of missing claims, ConfigMaps and Secrets, mounts of no volume, and claims that no pod mounts. */
export function volumeFaults(around: Surroundings): string[] {
  const { manifests } = around;
  const all = workloads(manifests);
  const claimed = new Set(
    all.flatMap(({ namespace, pod }) =>
      (pod.volumes ?? []).map(
        ({ persistentVolumeClaim }) => `${namespace}/${persistentVolumeClaim?.claimName}`,
      ),
    ),
  );
  return [
    ...all.flatMap((workload) => [...sourceFaults(workload, around), ...mountFaults(workload)]),
    ...ofKind(manifests, 'PersistentVolumeClaim').flatMap((claim) =>
      claimed.has(`${claim.metadata.namespace}/${claim.metadata.name}`)
        ? []
        : [`${title(claim)}: no pod mounts it`],
    ),
  ];
}

function sourceFaults({ manifest, namespace, pod }: Workload, around: Surroundings): string[] {
  return (pod.volumes ?? []).flatMap(({ persistentVolumeClaim, configMap, secret }) => {
    const lacks = (what: string) => [`${title(manifest)}: a volume is of ${what}, which does not exist`];
    const claim = persistentVolumeClaim?.claimName;
    if (claim !== undefined && !find(around.manifests, 'PersistentVolumeClaim', namespace, claim))
      return lacks(`PersistentVolumeClaim ${claim}`);
    if (configMap?.name !== undefined && !keysOf(around, 'ConfigMap', namespace, configMap.name))
      return lacks(`ConfigMap ${configMap.name}`);
    if (secret?.secretName !== undefined && !keysOf(around, 'Secret', namespace, secret.secretName))
      return lacks(`Secret ${secret.secretName}`);
    return [];
  });
}

function mountFaults({ manifest, pod, containers, ownClaims }: Workload): string[] {
  const volumes = new Set([...(pod.volumes ?? []).map(({ name }) => name), ...ownClaims]);
  const mounted = new Set(
    containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)),
  );
  return [
    ...[...mounted.difference(volumes)].map(
      (name) => `${title(manifest)}: it mounts ${name}, which is no volume`,
    ),
    ...[...volumes.difference(mounted)].map(
      (name) => `${title(manifest)}: its volume ${name} is mounted nowhere`,
    ),
  ];
}
