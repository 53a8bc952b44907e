import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { type Answer, failure } from './answer.ts';
import type { LatestIds } from './latest-ids.ts';
import type { Tell } from './notices.ts';
import { subscribe } from './subscribe.ts';

export interface FetcherOptions {
  /** `http(s)://…/graphql`; subscriptions go to the same address over a WebSocket. */
  readonly graphUrl: URL;
  readonly latestIds: LatestIds;
  readonly tell: Tell;
}

/** The name of GraphiQL's own query for the schema. */
const INTROSPECTION = 'IntrospectionQuery';

/**
 * Runs GraphiQL's operations at the router. What keeps one from being answered is an error without a stack in its
 * answer, since GraphiQL shows whatever it is given.
 */
export function createFetcher({ graphUrl, latestIds, tell }: FetcherOptions): Fetcher {
  async function post(params: FetcherParams, headers: Readonly<Record<string, string>>): Promise<Answer> {
    let response: Response;
    try {
      response = await fetch(graphUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json;q=0.9',
          ...headers,
        },
        body: JSON.stringify(params),
      });
    } catch (error) {
      tell('unreachable', true);
      return failure(`The operation could not be sent, or was not answered: ${(error as Error).message}.`);
    }
    tell('unreachable', false);
    const text = await response.text();
    try {
      return JSON.parse(text) as Answer;
    } catch {
      return failure(`The answer is not JSON (status ${response.status}): ${text.slice(0, 500)}`);
    }
  }

  return async (params, { headers = {} } = {}) => {
    if (params.operationName === INTROSPECTION) {
      const answer = await post(params, headers);
      const isOff = codesOf(answer).includes('GRAPHQL_VALIDATION_FAILED');
      tell('introspectionOff', isOff);
      tell('schemaRefused', !answer.data && !isOff);
      return answer;
    }
    const { query } = params;
    const operation = operationOf(params);
    let variables: unknown;
    try {
      variables = latestIds.fill(params.variables);
    } catch (error) {
      return failure((error as Error).message);
    }
    const operationName = operation ? operation.name?.value : params.operationName;
    const request = { query, operationName, variables };
    if (operation?.operation === 'subscription') return subscribe({ graphUrl, request, headers, tell });
    const answer = await post(request, headers);
    if (operation?.operation === 'mutation') latestIds.learn(answer.data);
    return answer;
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

const codesOf = ({ errors = [] }: Answer): unknown[] => errors.map(({ extensions }) => extensions?.code);
