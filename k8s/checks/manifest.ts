import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';

/** An object of the Kubernetes API. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  /** Of a ConfigMap or a Secret. */
  readonly data?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export type Labels = Readonly<Record<string, string>>;

/** How messages name an object: `Deployment airline/flight`. */
export function title({ kind, metadata: { namespace, name } }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** All of one kind, typed as the model of that kind, whose schema they have been checked against. */
export function ofKind<T>(manifests: readonly Manifest[], kind: string): (Manifest & T)[] {
  // Schemas are checked before everything else; no type says so.
  return manifests.filter((manifest) => manifest.kind === kind) as (Manifest & T)[];
}

export function find(
  manifests: readonly Manifest[],
  kind: string,
  namespace: string | undefined,
  name: string,
): Manifest | undefined {
  return manifests.find(
    (one) => one.kind === kind && one.metadata.name === name && one.metadata.namespace === namespace,
  );
}

/** What runs pods, with what it runs. */
export interface Workload {
  readonly manifest: Manifest & (IDaemonSet | IDeployment | IStatefulSet);
  readonly namespace: string;
  readonly labels: Labels;
  readonly pod: IPodSpec;
  readonly containers: readonly IContainer[];
  /** Claims that each pod gets for itself. */
  readonly ownClaims: readonly string[];
}

export function workloads(manifests: readonly Manifest[]): Workload[] {
  const deployments = ofKind<IDeployment>(manifests, 'Deployment');
  const sets = ofKind<IStatefulSet>(manifests, 'StatefulSet');
  const agents = ofKind<IDaemonSet>(manifests, 'DaemonSet');
  return [...deployments, ...sets, ...agents].map((manifest) => {
    const { template } = manifest.spec ?? {};
    const pod = template?.spec ?? { containers: [] };
    const claims =
      manifest.spec && 'volumeClaimTemplates' in manifest.spec ? manifest.spec.volumeClaimTemplates : [];
    return {
      manifest,
      namespace: manifest.metadata.namespace ?? '',
      labels: template?.metadata?.labels ?? {},
      pod,
      containers: pod.containers,
      ownClaims: (claims ?? []).map(({ metadata }) => metadata?.name ?? ''),
    };
  });
}

/** The pods that an implementation starts beside a Gateway. */
export interface GatewayPods {
  readonly gateway: Manifest & IGateway;
  readonly namespace: string;
  readonly labels: Labels;
}

/** Of each Gateway, as Istio starts them; of a class that the overlay brings itself, they are among its workloads. */
export function gatewayPods(manifests: readonly Manifest[]): GatewayPods[] {
  const brought = ofKind(manifests, 'GatewayClass').map(({ metadata }) => metadata.name);
  return ofKind<IGateway>(manifests, 'Gateway')
    .filter(({ spec }) => !brought.includes(spec?.gatewayClassName ?? ''))
    .map((gateway) => ({
      gateway,
      namespace: gateway.metadata.namespace ?? '',
      labels: { 'gateway.networking.k8s.io/gateway-name': gateway.metadata.name },
    }));
}

export interface Selector {
  readonly matchLabels?: Labels;
}

/** Whether `matchLabels` select these labels; expressions are not used here, and schemas would not refuse them. */
export function selects(selector: Selector | undefined, labels: Labels): boolean {
  return Object.entries(selector?.matchLabels ?? {}).every(([name, value]) => labels[name] === value);
}

/** The port that a number or a name of a pod's port means, or undefined when it has none such. */
export function podPort(
  containers: readonly IContainer[],
  port: number | string | undefined,
): number | undefined {
  const ports = containers.flatMap((container) => container.ports ?? []);
  return ports.find(({ name, containerPort }) => name === port || containerPort === port)?.containerPort;
}
