import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';

/** One subscription through graphql-ws's own client, which never tries again here. */
export interface Subscriber extends AsyncDisposable {
  readonly results: FormattedExecutionResult<Record<string, unknown>, { readonly cursor?: string }>[];
  /** What it ended with: errors of the subscription, or how the socket closed. */
  readonly endings: unknown[];
  isComplete(): boolean;
}

export function subscribeTo(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  more: Pick<SubscribePayload, 'extensions'> & { connectionParams?: Record<string, unknown> } = {},
): Subscriber {
  const { extensions, connectionParams } = more;
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(connectionParams && { connectionParams }),
  });
  const results: Subscriber['results'] = [];
  const endings: unknown[] = [];
  let isComplete = false;
  client.subscribe<Record<string, unknown>, { cursor?: string }>(
    { query, variables, ...(extensions && { extensions }) },
    {
      next: (result) => void results.push(result as Subscriber['results'][number]),
      error: (error) => void endings.push(error),
      complete: () => {
        isComplete = true;
      },
    },
  );
  return {
    results,
    endings,
    isComplete: () => isComplete,
    [Symbol.asyncDispose]: async () => {
      await client.dispose();
    },
  };
}

/** The code of the error that ended a subscription. */
export function codeOf({ endings: [ending] }: Subscriber): unknown {
  return (ending as readonly GraphQLFormattedError[] | undefined)?.[0]?.extensions?.code;
}
