import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { type Manifest, ofKind, title, workloads } from './manifest.ts';
import { among } from './references/selectors.ts';

/**
 * The port of HTTPS, of which the proxy knows the host (SNI), and which it passes through to where it is no part of the mesh:
 * `outboundTrafficPolicy` is ALLOW_ANY. Connections to it are short, too.
 */
const HTTPS = 443;

/**
 * Pods of the mesh whose connections to Redis or Postgres outside the cluster go through their proxy, which takes the protocol of a port
 * from whatever Service has it, and ends connections that are idle for an hour. Which ports these are, policies say.
 */
export function proxyFaults(manifests: readonly Manifest[]): string[] {
  const meshed = ofKind(manifests, 'Namespace').filter(
    ({ metadata }) => metadata.labels?.['istio-injection'] === 'enabled',
  );
  const all = workloads(manifests).filter(({ namespace }) =>
    meshed.some(({ metadata }) => metadata.name === namespace),
  );
  return ofKind<INetworkPolicy>(manifests, 'NetworkPolicy').flatMap(({ metadata, spec }) => {
    const outside = (spec?.egress ?? []).filter(({ to = [] }) => to.some(({ ipBlock }) => ipBlock));
    const ports = outside.flatMap((rule) => (rule.ports ?? []).map(({ port }) => port));
    return among(all, metadata.namespace, spec?.podSelector).flatMap(({ manifest }) => {
      const { annotations } = manifest.spec?.template.metadata ?? {};
      const past = annotations?.['traffic.sidecar.istio.io/excludeOutboundPorts']?.split(',') ?? [];
      return ports
        .filter((port) => port !== HTTPS && !past.includes(String(port)))
        .map(
          (port) =>
            `${title(manifest)}: connections to port ${port} outside the cluster go through its proxy`,
        );
    });
  });
}
