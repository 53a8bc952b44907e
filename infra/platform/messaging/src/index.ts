export { type ConsumerOptions, createConsumer, MAX_DELIVERIES } from './consumer.ts';
export { createEmbeddedTransport } from './embedded/transport.ts';
export { createEncoder, decode, InvalidEventError } from './envelope.ts';
export { type RunningMessaging, startMessaging } from './messaging.ts';
export { type Policies, type Policy, policyOf } from './policy.ts';
export { createRedisTransport } from './redis/transport.ts';
export { type Backoff, backoffMs, pause, runEvery } from './retry.ts';
export type { Consumed, MessagingStatus } from './status.ts';
export type {
  Acknowledge,
  Deliver,
  Delivery,
  Publishing,
  Running,
  StreamStatus,
  Tail,
  Transport,
} from './transport.ts';
