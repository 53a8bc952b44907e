import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import {
  gatewayPods,
  type Manifest,
  ofKind,
  podPort,
  selects,
  title,
  type Workload,
  workloads,
} from './manifest.ts';
import { ourServices, readsLogs } from './pods.ts';

/** Seconds that a process gives itself to finish what it has begun: the default of `onShutdown`. */
const SHUTDOWN = 10;

/** What a rollout, a drained node or a smaller number of replicas would drop requests for. */
export function downtimeFaults(manifests: readonly Manifest[]): string[] {
  return ourServices(manifests).flatMap((workload) => {
    const of = title(workload.manifest);
    return [
      ...rolloutFaults(workload),
      ...probeFaults(workload),
      ...autoscalerFaults(manifests, workload),
      ...budgetFaults(manifests, workload),
    ].map((fault) => `${of}: ${fault}`);
  });
}

function rolloutFaults({ manifest, pod, containers }: Workload): string[] {
  const strategy = manifest.spec && 'strategy' in manifest.spec ? manifest.spec.strategy : undefined;
  const faults: string[] = [];
  if (strategy?.rollingUpdate?.maxUnavailable !== 0)
    faults.push('a rollout removes pods before others are ready');
  for (const { lifecycle, env = [] } of containers) {
    const drain = Number(env.find(({ name }) => name === 'DRAIN_MS')?.value ?? 0) / 1000;
    const waits = lifecycle?.preStop?.sleep?.seconds ?? 0;
    if (!(drain >= 5))
      faults.push('it closes connections that clients still use: it needs a DRAIN_MS of 5000 or more');
    if (!(waits >= 3)) faults.push('it stops before every proxy knows: it needs a preStop that sleeps');
    else if ((pod.terminationGracePeriodSeconds ?? 30) < waits + drain + SHUTDOWN)
      faults.push(
        `it is killed before it has finished: terminationGracePeriodSeconds should be ${waits + drain + SHUTDOWN} or more`,
      );
  }
  if (!pod.topologySpreadConstraints?.length) faults.push('all its pods may be on one node');
  return faults;
}

function probeFaults({ containers }: Workload): string[] {
  return containers.flatMap((container) => {
    const { startupProbe, readinessProbe, livenessProbe, env = [] } = container;
    const faults: string[] = [];
    const healthPort = env.find(({ name }) => name === 'HEALTH_PORT')?.value;
    const asked = [startupProbe, readinessProbe, livenessProbe].map((probe) =>
      podPort([container], probe?.httpGet?.port),
    );
    if (asked.some((port) => String(port) !== healthPort))
      faults.push('its probes wait behind its load: they should ask the port of HEALTH_PORT');
    if (readinessProbe?.httpGet?.path !== '/health/ready')
      faults.push('its readiness probe is not /health/ready');
    if (livenessProbe?.httpGet?.path !== '/health/live')
      faults.push('its liveness probe is not /health/live: an unreachable database would restart it');
    // A service waits a minute for its database before it gives up.
    const start = (startupProbe?.periodSeconds ?? 10) * (startupProbe?.failureThreshold ?? 3);
    if (!startupProbe || start <= 60) faults.push('it is restarted while it still waits for its database');
    return faults;
  });
}

function autoscalerFaults(
  manifests: readonly Manifest[],
  { manifest, containers, labels }: Workload,
): string[] {
  const { name } = manifest.metadata;
  const scaler = ofKind<IHorizontalPodAutoscaler>(manifests, 'HorizontalPodAutoscaler').find(
    ({ spec }) => spec?.scaleTargetRef.name === name,
  );
  if (!scaler?.spec) return ['no autoscaler scales it'];
  const faults: string[] = [];
  const replicas = containers
    .flatMap(({ env = [] }) => env)
    .find((variable) => variable.name === 'REPLICAS')?.value;
  if (labels['app.kubernetes.io/component'] === 'subgraph' && Number(replicas) !== scaler.spec.maxReplicas)
    faults.push(`REPLICAS should be ${scaler.spec.maxReplicas}, as many as the autoscaler may start`);
  if (!scaler.spec.behavior?.scaleDown?.policies?.length) faults.push('its scale-down has no policies');
  return faults;
}

function budgetFaults(manifests: readonly Manifest[], { manifest, labels }: Workload): string[] {
  const budgets = ofKind<IPodDisruptionBudget>(manifests, 'PodDisruptionBudget').filter(
    ({ metadata, spec }) => {
      return metadata.namespace === manifest.metadata.namespace && selects(spec?.selector, labels);
    },
  );
  if (budgets.length !== 1) return ['one budget should protect its pods from eviction'];
  return budgets[0]?.spec?.minAvailable === 1 ? [] : ['its last pod may be evicted'];
}

/**
 * Namespaces that admit more than the restricted standard though others than those that read the logs of their node run there, or
 * more than the baseline though those of a Gateway do, and a namespace of ours without a default-deny policy.
 */
export function namespaceFaults(manifests: readonly Manifest[]): string[] {
  return ofKind(manifests, 'Namespace').flatMap((namespace) => {
    const { name, labels } = namespace.metadata;
    const faults: string[] = [];
    const pods = workloads(manifests).filter((workload) => workload.namespace === name);
    const isOfLogs = pods.length > 0 && pods.every(readsLogs);
    const isOfGateway = pods.length === 0 && gatewayPods(manifests).some((one) => one.namespace === name);
    const standard = isOfGateway ? 'baseline' : 'restricted';
    if (labels?.['pod-security.kubernetes.io/enforce'] !== standard && !isOfLogs)
      faults.push(`${title(namespace)}: it admits pods that the ${standard} standard does not`);
    const isDenied = ofKind<INetworkPolicy>(manifests, 'NetworkPolicy').some(
      ({ metadata, spec }) =>
        metadata.name === 'default-deny' &&
        metadata.namespace === 'airline' &&
        Object.keys(spec?.podSelector ?? { none: true }).length === 0,
    );
    if (name === 'airline' && !isDenied) faults.push(`${title(namespace)}: there is no default-deny policy`);
    return faults;
  });
}
