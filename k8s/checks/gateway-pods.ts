import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IService } from 'kubernetes-models/v1/Service';
import { parse } from 'yaml';
import {
  find,
  type GatewayPods,
  gatewayPods,
  type Labels,
  type Manifest,
  ofKind,
  podPort,
  type Selector,
  selects,
  title,
  type Workload,
  workloads,
} from './manifest.ts';

type Rule = NonNullable<NonNullable<INetworkPolicy['spec']>['ingress']>[number];

interface AuthorizationPolicy {
  readonly spec?: {
    readonly selector?: Selector;
    readonly rules?: readonly {
      readonly from?: readonly { readonly source: { readonly principals?: readonly string[] } }[];
    }[];
  };
}

/** Gateways whose pods nobody reaches, or that do not reach what their routes lead to, or hide the addresses of clients from it. */
export function gatewayPodFaults(manifests: readonly Manifest[]): string[] {
  return gatewayPods(manifests).flatMap((pods) => {
    const { gateway, namespace, labels } = pods;
    const faults =
      policiesOf(manifests, namespace, labels).length === 0
        ? []
        : ['the network policies of its namespace hold its pods, too: it needs a namespace of its own'];
    for (const { workload, port } of backendsOf(manifests, gateway)) {
      const of = title(workload.manifest);
      const rules = rulesOf(manifests, workload, port);
      if (!rules.some((rule) => admits(rule, pods)))
        faults.push(`no network policy lets its pods reach ${of}`);
      if (readsAddresses(workload) && rules.some(({ from }) => !from))
        faults.push(`others than its pods reach ${of}, and may name any address as the client's`);
      if (!isAuthorized(manifests, pods, workload))
        faults.push(`no authorization policy names ${principalOf(pods)} for ${of}`);
      if (readsAddresses(workload) && !keepsAddresses(manifests, gateway))
        faults.push(`${of} sees no addresses of clients: its Service needs externalTrafficPolicy: Local`);
    }
    return faults.map((fault) => `${title(gateway)}: ${fault}`);
  });
}

/** What the routes of a Gateway lead to, with the port of its pods. */
function backendsOf(manifests: readonly Manifest[], { metadata }: Manifest) {
  const all = workloads(manifests);
  return ofKind<IHTTPRoute>(manifests, 'HTTPRoute').flatMap((route) => {
    const own = route.metadata.namespace;
    const isOfGateway = route.spec?.parentRefs?.some(
      ({ name, namespace = own }) => name === metadata.name && namespace === metadata.namespace,
    );
    const backends = isOfGateway
      ? (route.spec?.rules ?? []).flatMap(({ backendRefs = [] }) => backendRefs)
      : [];
    return backends.flatMap(({ name, namespace = own, port }) => {
      const service = ofKind<IService>(manifests, 'Service').find(
        (one) => one.metadata.name === name && one.metadata.namespace === namespace,
      );
      const target = service?.spec?.ports?.find((one) => one.port === port)?.targetPort ?? port;
      return all
        .filter(
          (one) =>
            one.namespace === namespace && selects({ matchLabels: service?.spec?.selector }, one.labels),
        )
        .map((workload) => ({ workload, port: podPort(workload.containers, target) }));
    });
  });
}

function policiesOf(manifests: readonly Manifest[], namespace: string, labels: Labels) {
  return ofKind<INetworkPolicy>(manifests, 'NetworkPolicy').filter(
    ({ metadata, spec }) => metadata.namespace === namespace && selects(spec?.podSelector, labels),
  );
}

/** What network policies let in at a port of a workload. */
function rulesOf(
  manifests: readonly Manifest[],
  { namespace, labels, containers }: Workload,
  target: number | undefined,
): readonly Rule[] {
  const policies = policiesOf(manifests, namespace, labels);
  if (policies.length === 0) return [{}];
  return policies
    .flatMap(({ spec }) => spec?.ingress ?? [])
    .filter(({ ports }) => !ports || ports.some(({ port }) => podPort(containers, port) === target));
}

function admits({ from }: Rule, { namespace, labels }: GatewayPods): boolean {
  const ofNamespace = { 'kubernetes.io/metadata.name': namespace };
  return (
    !from ||
    from.some(
      ({ namespaceSelector, podSelector }) =>
        namespaceSelector && selects(namespaceSelector, ofNamespace) && selects(podSelector, labels),
    )
  );
}

/** As whom Istio's gateways call: https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment. */
function principalOf({ gateway, namespace }: GatewayPods): string {
  return `cluster.local/ns/${namespace}/sa/${gateway.metadata.name}-${gateway.spec?.gatewayClassName}`;
}

function isAuthorized(
  manifests: readonly Manifest[],
  pods: GatewayPods,
  { namespace, labels }: Workload,
): boolean {
  const policies = ofKind<AuthorizationPolicy>(manifests, 'AuthorizationPolicy').filter(
    ({ metadata, spec }) => metadata.namespace === namespace && selects(spec?.selector, labels),
  );
  const sources = policies.flatMap(({ spec }) => (spec?.rules ?? []).flatMap(({ from = [] }) => from));
  return (
    policies.length === 0 || sources.some(({ source }) => source.principals?.includes(principalOf(pods)))
  );
}

function readsAddresses({ containers }: Workload): boolean {
  return containers.some(({ env = [] }) => env.some(({ name }) => name === 'CLIENT_ADDRESS_HEADER'));
}

/** Whether the Service that Istio makes for it keeps the addresses of clients: what it merges into it is in a ConfigMap. */
function keepsAddresses(manifests: readonly Manifest[], { metadata, spec }: Manifest & IGateway): boolean {
  const options = spec?.infrastructure?.parametersRef?.name ?? '';
  const { service = '' } = find(manifests, 'ConfigMap', metadata.namespace, options)?.data ?? {};
  return parse(service)?.spec?.externalTrafficPolicy === 'Local';
}
