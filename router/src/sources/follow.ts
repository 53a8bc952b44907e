import { isDeepStrictEqual } from 'node:util';
import {
  CALLER_HEADER,
  type FormatError,
  type SubgraphResult,
  SubscriptionProgress,
  shortenExtensions,
  subscribeText,
} from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Sink, UpstreamRequest } from '../fan-out/index.ts';
import type { Link } from './link.ts';

/** Each of a subscription's clients gets the errors that end it. */
const MOST_ERRORS = 100;

/** One subscription at a subgraph, until either side ends it. */
export function follow(link: Link, request: UpstreamRequest, sink: Sink): () => void {
  const { subgraph, client, leaves, times, logger, format } = link;
  const progress = new SubscriptionProgress(request.cursor);
  const payload = payloadOf(link, request, progress);
  let state: SubgraphResult | undefined;
  let again: NodeJS.Timeout | undefined;
  let left = false;
  let isFailing = false;
  let unsubscribe = () => {};

  function receive(result: SubgraphResult): void {
    if (left) return;
    isFailing = false;
    if (progress.receive(result) === 'state') {
      // It is sent again at each attempt; news only where it has changed. Equal events may be different ones.
      if (isDeepStrictEqual(result, state)) return;
      state = result;
    }
    sink.next(result);
  }

  function start(): void {
    unsubscribe = client.subscribe<Record<string, unknown>, SubgraphResult['extensions']>(payload, {
      next: receive,
      error: (error) => {
        if (left) return;
        if (Array.isArray(error) && !isUnsigned(error))
          return end(() => sink.error(error.slice(0, MOST_ERRORS).map((one) => masked(one, format))));
        // The router was refused, not its client. Nor does graphql-ws retry after close codes that mean a protocol error.
        // The subgraph may be replaced, though.
        if (!isFailing) logger.error({ subgraph, err: error }, 'subgraph subscription failed; retrying');
        isFailing = true;
        again = setTimeout(start, times.longestWait);
      },
      complete: () => {
        if (!left) end(() => sink.complete());
      },
    });
  }

  function end(last: () => void): void {
    left = true;
    leaves.delete(leave);
    last();
  }

  function leave(): void {
    if (left) return;
    end(() => {
      clearTimeout(again);
      unsubscribe();
    });
  }

  leaves.add(leave);
  start();
  return leave;
}

/** graphql-ws sends this very payload again on a new socket: behind the last cursor, signed anew, with headers that may be newer. */
function payloadOf(
  { sign }: Link,
  request: UpstreamRequest,
  progress: SubscriptionProgress,
): SubscribePayload {
  const { subgraph, query, variables } = request;
  const text = subscribeText({ query, variables });
  return {
    query,
    variables,
    get extensions() {
      const { caller, expiresAt } = request.authority;
      const token = sign?.(subgraph, { caller, kind: 'subscription', text, expiresAt });
      return {
        announceCursor: true,
        cursor: progress.cursor,
        headers: request.headers,
        ...(token !== undefined && { [CALLER_HEADER]: token }),
      };
    },
  };
}

const isUnsigned = ([error]: readonly GraphQLFormattedError[]): boolean =>
  error?.extensions?.code === 'UNAUTHENTICATED';

/** A subgraph's error as the router's other results show it; its path and locations are those of another text. */
function masked(
  { message, extensions = {} }: GraphQLFormattedError,
  format: FormatError,
): GraphQLFormattedError {
  const known = { code: 'INTERNAL_SERVER_ERROR', ...shortenExtensions(extensions) };
  const error = { message, extensions: known };
  return format(error, error);
}
