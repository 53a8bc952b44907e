import type { Manifest } from '../checks/manifest.ts';

interface Deployment {
  readonly spec: {
    minReadySeconds?: number;
    readonly template: { readonly spec: { readonly containers: Record<string, unknown>[] } };
  };
}

/** These manifests with Deployments that have no probes, no preStop and no drain, as the original's had none. */
export function unguarded(manifests: readonly Manifest[]): Manifest[] {
  return manifests.map((manifest) => {
    if (manifest.kind !== 'Deployment') return manifest;
    const copy = structuredClone(manifest);
    const { spec } = copy as unknown as Deployment;
    spec.minReadySeconds = 0;
    for (const container of spec.template.spec.containers) {
      for (const guard of ['startupProbe', 'readinessProbe', 'livenessProbe', 'lifecycle']) {
        delete container[guard];
      }
      container.env = (container.env as { name: string }[]).filter(({ name }) => name !== 'DRAIN_MS');
    }
    return copy;
  });
}
