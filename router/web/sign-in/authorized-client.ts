import { type Client, type ClientOptions, CloseCode, createClient } from 'graphql-ws';
import type { Session } from './session.ts';

interface AuthorizedOptions
  extends Pick<ClientOptions, 'url' | 'connectionAckWaitTimeout' | 'keepAlive' | 'on'> {
  readonly session: Pick<Session, 'authorization' | 'renew'>;
  /** What is sent beside the token, in place of headers. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Waits before the next attempt; `retries` counts those since the last connection, from 0. */
  readonly retryWait: (retries: number) => Promise<void>;
}

export interface AuthorizedClient {
  readonly client: Client;
  /**
   * Whether a subscription has ended because its token is no longer valid, and there is a new one to subscribe with again.
   * @param reason what graphql-ws ended it with
   */
  renewed(reason: unknown): Promise<boolean>;
}

/** After so many refusals without a connection between them, new tokens are no remedy. */
const MOST_REFUSALS = 2;

/**
 * A graphql-ws client on behalf of whoever has signed in, which connects again for as long as it is needed. The router ends
 * subscriptions and closes the socket when their token expires: then it connects with the new one, and says nothing of it.
 */
export function authorizedClient(options: AuthorizedOptions): AuthorizedClient {
  const { session, parameters, retryWait, on, ...others } = options;
  /** The token of the last connection. */
  let used: string | undefined;
  let refusals = 0;
  let isEnding = false;

  async function hasNewToken(): Promise<boolean> {
    if (refusals >= MOST_REFUSALS) return false;
    const token = await session.authorization();
    return token !== undefined && (token !== used || (await session.renew()));
  }

  const client = createClient({
    ...others,
    connectionParams: async () => {
      used = await session.authorization();
      return { ...parameters, ...(used !== undefined && { authorization: used }) };
    },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (reason) => !isRefused(reason) || refusals < MOST_REFUSALS,
    retryWait: async (retries) => {
      if (refusals > 0 && (await hasNewToken())) return;
      await retryWait(retries);
    },
    on: {
      ...on,
      connected: (...about) => {
        refusals = 0;
        isEnding = false;
        on?.connected?.(...about);
      },
      closed: (event) => {
        const isExpected = isEnding || isRefused(event);
        isEnding = false;
        if (isRefused(event)) refusals += 1;
        if (!isExpected || refusals > 1) on?.closed?.(event);
      },
    },
  });

  return {
    client,
    renewed: async (reason) => {
      if (!isUnauthenticated(reason)) return false;
      isEnding = used !== undefined;
      return await hasNewToken();
    },
  };
}

/** How the router closes a socket whose token is not valid, or no longer. */
const isRefused = (event: unknown): boolean =>
  event instanceof CloseEvent &&
  (event.code === CloseCode.Forbidden || event.code === CloseCode.Unauthorized);

/** An `error` message of the protocol holds GraphQL errors; anything else is an event of the socket. */
function isUnauthenticated(reason: unknown): boolean {
  if (!Array.isArray(reason)) return isRefused(reason);
  return reason.some(
    (each: { extensions?: { code?: unknown } }) => each.extensions?.code === 'UNAUTHENTICATED',
  );
}
