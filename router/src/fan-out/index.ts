export { requestExpired, type SubscriptionCode, subscriptionCodes } from './errors.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { Delivery, Member } from './member.ts';
export {
  type Counts,
  createSubscriptions,
  type Subscriptions,
  type SubscriptionsOptions,
} from './subscriptions.ts';
export type {
  ConnectUpstream,
  PlannedSubscription,
  Replan,
  Sink,
  SubscribeOptions,
  UpstreamRequest,
} from './types.ts';
export { type Facade, type StartOptions, startOptions } from './use/facade.ts';
export { streamMultipart } from './use/multipart.ts';
export { type SseTransport, serveSse } from './use/sse.ts';
export { serveClients } from './use/web-socket.ts';
