import { readFileSync } from 'node:fs';
import { type Agent, request } from 'node:https';
import { json } from 'node:stream/consumers';

/** The part of `kubernetes_sd_configs` that the airline's Prometheus uses. */
export interface Discovery {
  readonly role: 'pod';
  readonly namespaces: { readonly names: readonly string[] };
  readonly selectors: readonly { readonly role: 'pod'; readonly label: string }[];
}

/** An element of what `http_sd_configs` reads. */
interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

interface Pod {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly nodeName: string;
    readonly containers: readonly {
      readonly name: string;
      readonly ports?: readonly {
        readonly name?: string;
        readonly containerPort: number;
        readonly protocol: string;
      }[];
    }[];
  };
  readonly status: { readonly phase: string; readonly podIP?: string };
}

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The targets that Prometheus would discover, one for each port of a container, with their labels:
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#pod. The request uses the pod's own account.
 *
 * @throws Error when the API is unreachable, or refuses
 */
export async function discover(
  { namespaces, selectors }: Discovery,
  agent: Agent,
): Promise<readonly TargetGroup[]> {
  const selector = selectors.map(({ label }) => label).join(',');
  const lists = await Promise.all(
    namespaces.names.map((namespace) => {
      const query = new URLSearchParams({ labelSelector: selector });
      return askApi<{ items: Pod[] }>(`/api/v1/namespaces/${namespace}/pods?${query}`, agent);
    }),
  );
  return lists.flatMap(({ items }) => items.flatMap(targetsOf));
}

async function askApi<Answer>(path: string, agent: Agent): Promise<Answer> {
  // Read each time, because it is replaced before it runs out.
  const headers = { authorization: `Bearer ${readFileSync(`${ACCOUNT}/token`, 'utf8')}` };
  const ca = readFileSync(`${ACCOUNT}/ca.crt`);
  return await new Promise((resolve, reject) => {
    const asked = request(
      `https://kubernetes.default.svc${path}`,
      { agent, headers, ca },
      async (response) => {
        // The API's documentation has their shapes: an object or, with another status, a Status with a message.
        const answer = (await json(response)) as Answer & { message?: string };
        if (response.statusCode === 200) resolve(answer);
        else reject(new Error(`${path}: ${response.statusCode} ${answer.message}`));
      },
    );
    asked.on('error', reject).end();
  });
}

function targetsOf({ metadata, spec, status }: Pod): TargetGroup[] {
  const { podIP } = status;
  if (podIP === undefined) return [];
  const labels = Object.entries(metadata.labels ?? {}).map(([name, value]) => [
    `__meta_kubernetes_pod_label_${name.replaceAll(/\W/g, '_')}`,
    value,
  ]);
  const ofPod: Record<string, string> = {
    ...Object.fromEntries(labels),
    __meta_kubernetes_namespace: metadata.namespace,
    __meta_kubernetes_pod_name: metadata.name,
    __meta_kubernetes_pod_uid: metadata.uid,
    __meta_kubernetes_pod_ip: podIP,
    __meta_kubernetes_pod_phase: status.phase,
    __meta_kubernetes_pod_node_name: spec.nodeName,
  };
  return spec.containers.flatMap(({ name: container, ports = [] }) =>
    ports.map(({ name = '', containerPort, protocol }) => ({
      targets: [`${podIP}:${containerPort}`],
      labels: {
        ...ofPod,
        __meta_kubernetes_pod_container_name: container,
        __meta_kubernetes_pod_container_port_name: name,
        __meta_kubernetes_pod_container_port_number: String(containerPort),
        __meta_kubernetes_pod_container_port_protocol: protocol,
      },
    })),
  );
}
