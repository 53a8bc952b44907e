import { type Manifest, workloads } from '../checks/manifest.ts';

/** These manifests with Deployments that have no probes, no preStop and no drain, as the original's had none. */
export function unguarded(manifests: readonly Manifest[]): readonly Manifest[] {
  const copies = structuredClone(manifests);
  for (const { manifest, containers } of workloads(copies)) {
    if (manifest.kind !== 'Deployment' || !manifest.spec) continue;
    manifest.spec.minReadySeconds = 0;
    for (const container of containers) {
      for (const guard of ['startupProbe', 'readinessProbe', 'livenessProbe', 'lifecycle'] as const) {
        delete container[guard];
      }
      container.env = container.env?.filter(({ name }) => name !== 'DRAIN_MS');
    }
  }
  return copies;
}
