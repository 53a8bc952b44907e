import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import { find, type Manifest, ofKind, title, type Workload, workloads } from '../manifest.ts';
import { keysOf, type Surroundings } from '../provided.ts';

/** Variables from keys that do not exist, keys of our ConfigMaps (`config-…`) that no variable and no mounted file uses, and missing accounts. */
export function keyFaults(around: Surroundings): string[] {
  const { manifests } = around;
  const all = workloads(manifests);
  return [
    ...all.flatMap((workload) => variableFaults(workload, around)),
    ...ofKind<{ data?: object }>(manifests, 'ConfigMap')
      .filter(({ metadata }) => metadata.name.startsWith('config-'))
      .flatMap((map) => {
        const used = new Set(all.flatMap((workload) => keysUsed(manifests, workload, map.metadata.name)));
        const unused = Object.keys(map.data ?? {}).filter((key) => !used.has(key));
        return unused.map((key) => `${title(map)}: nothing reads its key ${key}`);
      }),
    ...all.flatMap(({ manifest, namespace, pod }) => {
      const account = pod.serviceAccountName;
      return account === undefined || find(manifests, 'ServiceAccount', namespace, account)
        ? []
        : [`${title(manifest)}: there is no ServiceAccount ${account}`];
    }),
  ];
}

function variables({ containers }: Workload): IEnvVar[] {
  return containers.flatMap(({ env = [] }) => env);
}

function variableFaults(workload: Workload, around: Surroundings): string[] {
  const { manifest, namespace } = workload;
  return variables(workload).flatMap(({ name: variable, valueFrom }) => {
    const kind = valueFrom?.configMapKeyRef ? 'ConfigMap' : 'Secret';
    const reference = valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef;
    if (!reference || reference.optional === true) return [];
    const { name = '', key } = reference;
    const keys = keysOf(around, kind, namespace, name);
    if (!keys) return [`${title(manifest)}: ${variable} is from ${kind} ${name}, which does not exist`];
    return keys.has(key)
      ? []
      : [`${title(manifest)}: ${variable} is from ${kind} ${name}, which has no key ${key}`];
  });
}

/** Keys of a ConfigMap that are variables of a workload, or files whose path is a variable's value; all, where it has the whole. */
function keysUsed(manifests: readonly Manifest[], workload: Workload, name: string): string[] {
  const isWhole = workload.containers.some(({ envFrom = [] }) =>
    envFrom.some(({ configMapRef }) => configMapRef?.name === name),
  );
  if (isWhole) return Object.keys(find(manifests, 'ConfigMap', workload.namespace, name)?.data ?? {});
  const all = variables(workload);
  const keys = all.flatMap(({ valueFrom }) =>
    valueFrom?.configMapKeyRef?.name === name ? [valueFrom.configMapKeyRef.key] : [],
  );
  const volume = workload.pod.volumes?.find(({ configMap }) => configMap?.name === name)?.name;
  const mounts = workload.containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  const folder = mounts.find((mount) => mount.name === volume)?.mountPath;
  const files = all.flatMap(({ value }) =>
    folder !== undefined && value?.startsWith(`${folder}/`) ? [value.slice(folder.length + 1)] : [],
  );
  return [...keys, ...files];
}
