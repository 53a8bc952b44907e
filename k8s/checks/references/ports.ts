import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IService } from 'kubernetes-models/v1/Service';
import { type Manifest, ofKind, podPort, title, type Workload, workloads } from '../manifest.ts';
import type { Surroundings } from '../provided.ts';
import { among } from './selectors.ts';

/** Ports that lead nowhere: of Services, Ingresses, probes, network policies and routes of the mesh. */
export function portFaults(around: Surroundings): string[] {
  const { manifests } = around;
  const all = workloads(manifests);
  return [
    ...ofKind<IService>(manifests, 'Service').flatMap((service) => {
      const [behind] = among(all, service.metadata.namespace, { matchLabels: service.spec?.selector });
      return (service.spec?.ports ?? []).flatMap(({ port, targetPort = port }) =>
        !behind || podPort(behind.containers, targetPort) !== undefined
          ? []
          : [`${title(service)}: ${title(behind.manifest)} has no port ${targetPort}`],
      );
    }),
    ...ofKind<IIngress>(manifests, 'Ingress').flatMap((ingress) => {
      const paths = (ingress.spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
      return paths.flatMap(({ backend: { service } }) =>
        serviceFaults(
          around,
          ingress,
          ingress.metadata.namespace,
          service?.name,
          service?.port?.name ?? service?.port?.number,
        ),
      );
    }),
    ...all.flatMap(probeFaults),
    ...ofKind<INetworkPolicy>(manifests, 'NetworkPolicy').flatMap((policy) => policyFaults(policy, all)),
    ...meshFaults(around),
  ];
}

/** What is wrong with a Service that an object sends requests to. */
export function serviceFaults(
  { manifests, provided }: Surroundings,
  from: Manifest,
  namespace: string | undefined,
  name: string | undefined,
  port: number | string | undefined,
): string[] {
  const service = ofKind<IService>(manifests, 'Service').find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
  );
  const ports = service
    ? (service.spec?.ports ?? []).flatMap((one) => [one.name, one.port])
    : provided.find((one) => one.kind === 'Service' && one.namespace === namespace && one.name === name)
        ?.ports;
  if (ports === undefined) return [`${title(from)}: there is no Service ${namespace}/${name}`];
  return port === undefined || ports.some((one) => one === port)
    ? []
    : [`${title(from)}: the Service ${namespace}/${name} has no port ${port}`];
}

function probeFaults({ manifest, containers }: Workload): string[] {
  return containers.flatMap((container) =>
    [container.startupProbe, container.readinessProbe, container.livenessProbe].flatMap((probe) => {
      const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
      return port === undefined || podPort([container], port) !== undefined
        ? []
        : [`${title(manifest)}: a probe uses port ${port}, which the container does not expose`];
    }),
  );
}

/** Ports that are let in should be those of the pods; a policy may concern several, of which each has some. */
function policyFaults(policy: Manifest & INetworkPolicy, all: readonly Workload[]): string[] {
  const selected = among(all, policy.metadata.namespace, policy.spec?.podSelector);
  const ports = (policy.spec?.ingress ?? []).flatMap(({ ports: some = [] }) => some);
  return ports.flatMap(({ port }) =>
    selected.some(({ containers }) => podPort(containers, port) !== undefined)
      ? []
      : [`${title(policy)}: none of the pods that it selects has a port ${port}`],
  );
}

/** Destinations of the mesh that are no Service; `*` is all of a namespace. */
function meshFaults(around: Surroundings): string[] {
  const { manifests } = around;
  return ofKind<{ spec?: { host: string } }>(manifests, 'DestinationRule').flatMap((rule) => {
    const [name, namespace] = rule.spec?.host.split('.') ?? [];
    if (name === '*' && ofKind(manifests, 'Service').some((one) => one.metadata.namespace === namespace))
      return [];
    return serviceFaults(around, rule, namespace, name, undefined);
  });
}
