import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { authorizedFetch } from '../../sign-in/authorized-fetch.ts';
import type { Session } from '../../sign-in/session.ts';
import type { LatestIds } from './latest-ids.ts';
import type { Notify } from './notices.ts';
import { failure, type Result } from './result.ts';
import { subscribe } from './subscribe.ts';

export interface FetcherOptions {
  /** `http(s)://…/graphql`; subscriptions go to the same address over a WebSocket. */
  readonly graphUrl: URL;
  readonly latestIds: LatestIds;
  readonly notify: Notify;
  /** On whose behalf operations run that have no token of their own. */
  readonly session: Session;
}

/** The name of GraphiQL's own query for the schema. */
const INTROSPECTION = 'IntrospectionQuery';
/** The codes of the router where it is off, and where only trusted documents run. */
const REFUSED_INTROSPECTION: ReadonlySet<unknown> = new Set([
  'GRAPHQL_VALIDATION_FAILED',
  'DOCUMENT_NOT_TRUSTED',
]);

/**
 * Runs GraphiQL's operations at the router. Where a response is missing, the result is an error without a
 * stack, since GraphiQL shows whatever it is given.
 */
export function createFetcher({ graphUrl, latestIds, notify, session }: FetcherOptions): Fetcher {
  const send = authorizedFetch(session);

  async function post(params: FetcherParams, headers: Readonly<Record<string, string>>): Promise<Result> {
    let response: Response;
    try {
      response = await send(graphUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json;q=0.9',
          ...headers,
        },
        body: JSON.stringify(params),
      });
    } catch (error) {
      notify('unreachable', true);
      return failure(`The operation was not sent, or got no response: ${messageOf(error)}.`);
    }
    notify('unreachable', false);
    const text = await response.text();
    try {
      // Shown as it is, whatever it holds.
      return JSON.parse(text) as Result;
    } catch {
      return failure(`The response is not JSON (status ${response.status}): ${text.slice(0, 500)}`);
    }
  }

  return async (params, { headers = {} } = {}) => {
    if (params.operationName === INTROSPECTION) {
      const result = await post(params, headers);
      const isOff = codesOf(result).some((code) => REFUSED_INTROSPECTION.has(code));
      const isNobody = session.standing.get().state === 'anonymous';
      notify('introspectionOff', isOff);
      notify('signedOut', !result.data && !isOff && isNobody);
      notify('schemaRefused', !result.data && !isOff && !isNobody);
      return result;
    }
    const { query } = params;
    const operation = operationOf(params);
    let variables: unknown;
    try {
      variables = latestIds.fill(params.variables);
    } catch (error) {
      return failure(messageOf(error));
    }
    const operationName = operation ? operation.name?.value : params.operationName;
    const request = { query, operationName, variables };
    if (operation?.operation === 'subscription')
      return subscribe({ graphUrl, request, headers, notify, session });
    const result = await post(request, headers);
    if (operation?.operation === 'mutation') latestIds.learn(result.data);
    return result;
  };
}

/**
 * What is to be run; undefined for what the router will refuse anyway. GraphiQL is a moment late to notice that another
 * tab has another operation, so a name that the document does not have is passed over where it has one operation.
 */
function operationOf({ query, operationName }: FetcherParams): OperationDefinitionNode | undefined {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return undefined;
  }
  return getOperationAST(document, operationName) ?? getOperationAST(document) ?? undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const codesOf = ({ errors = [] }: Result): unknown[] => errors.map(({ extensions }) => extensions?.code);
