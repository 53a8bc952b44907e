import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { type Manifest, ofKind, selects, title, type Workload } from './manifest.ts';
import { ourServices } from './pods.ts';

type Rule = NonNullable<NonNullable<INetworkPolicy['spec']>['ingress']>[number];

/** Network policies that let others than the router query the subgraphs, or others than Prometheus read metrics. */
export function reachFaults(manifests: readonly Manifest[]): string[] {
  return [...subgraphFaults(manifests), ...metricsFaults(manifests)];
}

function metricsFaults(manifests: readonly Manifest[]): string[] {
  return ofKind<INetworkPolicy>(manifests, 'NetworkPolicy').flatMap((policy) => {
    const opens = (policy.spec?.ingress ?? []).filter(({ ports = [] }) =>
      ports.some(({ port }) => port === 'metrics'),
    );
    const isClosed = opens.every(
      ({ from = [] }) =>
        from.length > 0 &&
        from.every(
          ({ podSelector }) => podSelector?.matchLabels?.['app.kubernetes.io/name'] === 'prometheus',
        ),
    );
    return isClosed ? [] : [`${title(policy)}: others than Prometheus read metrics`];
  });
}

function subgraphFaults(manifests: readonly Manifest[]): string[] {
  const services = ourServices(manifests);
  const subgraphs = services.filter(({ labels }) => labels['app.kubernetes.io/component'] === 'subgraph');
  return ofKind<INetworkPolicy>(manifests, 'NetworkPolicy').flatMap((policy) => {
    const concerned = subgraphs.filter(
      ({ namespace, labels }) =>
        namespace === policy.metadata.namespace && selects(policy.spec?.podSelector, labels),
    );
    const opens = (policy.spec?.ingress ?? []).some(
      (rule) => servesGraphql(rule) && !isForRouter(rule, services),
    );
    return concerned.length > 0 && opens
      ? [`${title(policy)}: others than the router reach the subgraphs`]
      : [];
  });
}

function servesGraphql({ ports = [] }: Rule): boolean {
  return ports.length === 0 || ports.some(({ port }) => port !== 'metrics');
}

function isForRouter({ from = [] }: Rule, services: readonly Workload[]): boolean {
  return (
    from.length > 0 &&
    from.every(({ podSelector, namespaceSelector, ipBlock }) => {
      if (!podSelector || namespaceSelector || ipBlock) return false;
      const sources = services.filter(({ labels }) => selects(podSelector, labels));
      return sources.every(({ manifest }) => manifest.metadata.name === 'router');
    })
  );
}
