import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IService } from 'kubernetes-models/v1/Service';
import {
  find,
  gatewayPods,
  type Labels,
  type Manifest,
  ofKind,
  type Selector,
  selects,
  title,
  workloads,
} from '../manifest.ts';

/** Autoscalers without what they scale, and selectors that select nothing. */
export function selectorFaults(manifests: readonly Manifest[]): string[] {
  const all = workloads(manifests);
  return [
    ...ofKind<IHorizontalPodAutoscaler>(manifests, 'HorizontalPodAutoscaler').flatMap((scaler) => {
      const { kind = '', name = '' } = scaler.spec?.scaleTargetRef ?? {};
      const target = find(manifests, kind, scaler.metadata.namespace, name);
      if (!target) return [`${title(scaler)}: there is no ${kind} ${name}`];
      const { spec } = all.find(({ manifest }) => manifest === target)?.manifest ?? {};
      return !(spec && 'replicas' in spec)
        ? []
        : [
            `${title(scaler)}: applying ${title(target)} would undo what it has scaled, because of its replicas`,
          ];
    }),
    ...all.flatMap(({ manifest, labels }) => {
      return selects(manifest.spec?.selector, labels)
        ? []
        : [`${title(manifest)}: its selector does not select its own pods`];
    }),
    ...ofKind<IPodDisruptionBudget>(manifests, 'PodDisruptionBudget').flatMap((budget) =>
      among(all, budget.metadata.namespace, budget.spec?.selector).length === 1
        ? []
        : [`${title(budget)}: it should select the pods of one workload`],
    ),
    ...ofKind<IService>(manifests, 'Service').flatMap((service) => {
      return among(all, service.metadata.namespace, { matchLabels: service.spec?.selector }).length === 1
        ? []
        : [`${title(service)}: it should select the pods of one workload`];
    }),
    ...ofKind<INetworkPolicy>(manifests, 'NetworkPolicy').flatMap((policy) =>
      peerFaults(policy, manifests, [...all, ...gatewayPods(manifests)]),
    ),
    ...['AuthorizationPolicy', 'PodMonitor'].flatMap((kind) =>
      ofKind<{ spec?: { selector?: Selector } }>(manifests, kind).flatMap((one) =>
        among(all, one.metadata.namespace, one.spec?.selector).length > 0
          ? []
          : [`${title(one)}: it selects no pods`],
      ),
    ),
  ];
}

interface Pods {
  readonly namespace: string;
  readonly labels: Labels;
}

/** Those of a namespace whose pods a selector selects. */
export function among<T extends Pods>(
  all: readonly T[],
  namespace: string | undefined,
  selector: Selector | undefined,
): T[] {
  return all.filter((one) => one.namespace === namespace && selects(selector, one.labels));
}

function peerFaults(
  policy: Manifest & INetworkPolicy,
  manifests: readonly Manifest[],
  all: readonly Pods[],
): string[] {
  const { namespace } = policy.metadata;
  const { podSelector, ingress = [], egress = [] } = policy.spec ?? {};
  const faults =
    among(all, namespace, podSelector).length > 0 ? [] : [`${title(policy)}: it selects no pods`];
  const peers = [...ingress.flatMap(({ from = [] }) => from), ...egress.flatMap(({ to = [] }) => to)];
  for (const peer of peers) {
    if (peer.ipBlock) continue;
    const of = peer.namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] ?? namespace;
    // Those of other namespaces that are not ours cannot be looked at.
    if (!all.some((one) => one.namespace === of)) {
      if (of !== undefined && find(manifests, 'Namespace', undefined, of))
        faults.push(`${title(policy)}: nothing runs in ${of}`);
    } else if (among(all, of, peer.podSelector).length === 0) {
      faults.push(
        `${title(policy)}: in ${of} there are no pods with ${JSON.stringify(peer.podSelector?.matchLabels)}`,
      );
    }
  }
  return faults;
}
