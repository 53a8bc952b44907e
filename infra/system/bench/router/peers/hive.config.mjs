/** Hive Gateway's defaults, but that subscriptions use the transport of this project's subgraphs. */
export const gatewayConfig = {
  transportEntries: {
    '*.http': { options: { subscriptions: { kind: 'ws', location: '/graphql' } } },
  },
};
