import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IReferenceGrant } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1/ReferenceGrant';
import { find, type Manifest, ofKind, selects, title } from '../manifest.ts';
import { keysOf, type Surroundings } from '../provided.ts';
import { serviceFaults } from './ports.ts';

const API = 'gateway.networking.k8s.io/v1';

type Gateway = Manifest & IGateway;
type Route = Manifest & IHTTPRoute;
type Listener = NonNullable<IGateway['spec']>['listeners'][number];

/** Gateways without their certificates, and routes that lead nowhere, in the clear, to a limit of time, or to a router that refuses their hosts. */
export function gatewayFaults(around: Surroundings): string[] {
  const ofApi = around.manifests.filter(({ apiVersion }) => apiVersion === API);
  const gateways = ofKind<IGateway>(ofApi, 'Gateway');
  return [
    ...gateways.flatMap((gateway) => certificateFaults(gateway, around)),
    ...ofKind<IHTTPRoute>(ofApi, 'HTTPRoute').flatMap((route) => routeFaults(route, gateways, around)),
  ];
}

function certificateFaults(gateway: Gateway, around: Surroundings): string[] {
  const own = gateway.metadata.namespace ?? '';
  return (gateway.spec?.listeners ?? []).flatMap(({ tls }) =>
    (tls?.certificateRefs ?? []).flatMap(({ namespace = own, name }) => {
      if (!keysOf(around, 'Secret', namespace, name))
        return [`${title(gateway)}: there is no Secret ${name}`];
      return namespace === own || isGranted(around, gateway, namespace, name)
        ? []
        : [`${title(gateway)}: no ReferenceGrant lets it use the Secret ${namespace}/${name}`];
    }),
  );
}

function isGranted(
  { manifests }: Surroundings,
  gateway: Gateway,
  namespace: string,
  secret: string,
): boolean {
  return ofKind<IReferenceGrant>(manifests, 'ReferenceGrant').some(
    ({ metadata, spec }) =>
      metadata.namespace === namespace &&
      spec?.from.some((one) => one.kind === 'Gateway' && one.namespace === gateway.metadata.namespace) &&
      spec.to.some(({ kind, name }) => kind === 'Secret' && (name === undefined || name === secret)),
  );
}

function routeFaults(route: Route, gateways: readonly Gateway[], around: Surroundings): string[] {
  const own = route.metadata.namespace ?? '';
  const rules = route.spec?.rules ?? [];
  const backends = rules.flatMap(({ backendRefs = [] }) => backendRefs);
  return [
    ...parentFaults(route, gateways, backends.length > 0),
    ...backends.flatMap(({ namespace = own, name, port }) =>
      serviceFaults(around, route, namespace, name, port),
    ),
    ...rules
      .filter(({ backendRefs = [], timeouts }) => backendRefs.length > 0 && timeouts?.request !== '0s')
      .map(() => `${title(route)}: subscriptions would end with a request's timeout, which should be 0s`),
    ...hostFaults(route, around),
  ];
}

function parentFaults(route: Route, gateways: readonly Gateway[], isServing: boolean): string[] {
  return (route.spec?.parentRefs ?? []).flatMap(({ name, namespace, sectionName }) => {
    const gateway = gateways.find(
      ({ metadata }) =>
        metadata.name === name && metadata.namespace === (namespace ?? route.metadata.namespace),
    );
    if (!gateway) return [`${title(route)}: there is no Gateway ${name}`];
    const listeners = (gateway.spec?.listeners ?? []).filter(
      (one) => sectionName === undefined || one.name === sectionName,
    );
    if (listeners.length === 0)
      return [`${title(route)}: the Gateway ${name} has no listener ${sectionName}`];
    if (!listeners.every((one) => admits(one, gateway, route)))
      return [`${title(route)}: the Gateway ${name} takes no routes of its namespace`];
    return isServing && listeners.some(({ protocol }) => protocol !== 'HTTPS')
      ? [`${title(route)}: it serves without TLS`]
      : [];
  });
}

function admits({ allowedRoutes }: Listener, gateway: Gateway, route: Route): boolean {
  const { namespace = '' } = route.metadata;
  const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
  if (from === 'Selector') return selects(selector, { 'kubernetes.io/metadata.name': namespace });
  return from === 'All' || namespace === gateway.metadata.namespace;
}

/** Hosts that the router would refuse: those that its `ROUTER_ALLOWED_HOSTS` lacks, where there are any. */
function hostFaults(route: Route, { manifests }: Surroundings): string[] {
  const config = find(manifests, 'ConfigMap', route.metadata.namespace, 'config-router');
  const allowed = config?.data?.ROUTER_ALLOWED_HOSTS?.split(',');
  return (route.spec?.hostnames ?? [])
    .filter((host) => allowed && !allowed.includes(host))
    .map((host) => `${title(route)}: the router refuses requests for ${host}`);
}
