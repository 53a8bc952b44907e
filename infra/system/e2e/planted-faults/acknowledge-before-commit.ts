import * as messaging from '@airline/messaging';

export * from '@airline/messaging';

/** Events that are in flight when a process dies are not delivered again. */
export const createRedisTransport: typeof messaging.createRedisTransport = (options) => {
  const transport = messaging.createRedisTransport(options);
  return {
    ...transport,
    consume: (from, deliver) =>
      transport.consume(from, (batch, acknowledge) => {
        acknowledge(batch.map(({ seq }) => seq));
        return deliver(batch, acknowledge);
      }),
  };
};
