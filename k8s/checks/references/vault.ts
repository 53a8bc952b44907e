import type { IProviderClass } from '../custom-resources.ts';
import { type Manifest, ofKind, title, type Workload, workloads } from '../manifest.ts';

type Class = Manifest & IProviderClass;

/**
 * Secrets from a vault that would not come: of an object that their class does not fetch, of a class that does not exist, or of one
 * that the pod which uses them does not mount.
 */
export function vaultFaults(manifests: readonly Manifest[]): string[] {
  const classes = ofKind<IProviderClass>(manifests, 'SecretProviderClass');
  return [
    ...classes.flatMap(objectFaults),
    ...workloads(manifests).flatMap((workload) => podFaults(workload, classes)),
  ];
}

function objectFaults(one: Class): string[] {
  const fetched = new Set(
    [...(one.spec.parameters.objects ?? '').matchAll(/objectName: *(\S+)/g)].map(([, name]) => name),
  );
  return (one.spec.secretObjects ?? []).flatMap(({ secretName, data }) =>
    data
      .filter(({ objectName }) => !fetched.has(objectName))
      .map(({ objectName }) => `${title(one)}: ${secretName} is of ${objectName}, which it does not fetch`),
  );
}

function podFaults({ manifest, namespace, pod, containers }: Workload, classes: readonly Class[]): string[] {
  const ours = classes.filter(({ metadata }) => metadata.namespace === namespace);
  const mounted = (pod.volumes ?? []).flatMap(({ csi }) => csi?.volumeAttributes?.secretProviderClass ?? []);
  const missing = mounted.filter((name) => !ours.some(({ metadata }) => metadata.name === name));
  const used = new Set(
    containers.flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name)),
  );
  const away = ours
    .filter(({ metadata }) => !mounted.includes(metadata.name))
    .flatMap(({ metadata, spec }) =>
      (spec.secretObjects ?? [])
        .filter(({ secretName }) => used.has(secretName))
        .map(({ secretName }) => `it uses Secret ${secretName} without mounting its class ${metadata.name}`),
    );
  return [
    ...missing.map((name) => `a volume is of SecretProviderClass ${name}, which does not exist`),
    ...away,
  ].map((fault) => `${title(manifest)}: ${fault}`);
}
