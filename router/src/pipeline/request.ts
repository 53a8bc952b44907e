/** What the pipeline shares with the transports of subscriptions. */
export type { Answer, Authority, Client, Refused, RequestParameters } from '@airline/subscriptions';
