import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { authorizedFetch } from '../../../sign-in/authorized-fetch.ts';
import { fill, learn } from '../data/environment.ts';
import { notifying } from '../data/notices.ts';
import { failure, type Result } from '../data/result.ts';
import type { Workspace } from '../data/workspace.ts';
import type { Texts } from '../texts/texts.ts';
import { wordsForUnknown } from '../texts/unknown-name.ts';
import { createPost } from './post.ts';
import { recording } from './recording.ts';
import { subscribe } from './subscribe.ts';

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
export function createFetcher(workspace: Workspace, texts: () => Texts): Fetcher {
  const { graphUrl, session, library, pausedAt } = workspace;
  const notify = notifying(workspace.notices);
  const post = createPost({ graphUrl, send: authorizedFetch(session), notify, texts });

  async function introspect(params: FetcherParams, headers: Readonly<Record<string, string>>) {
    const { result } = await post(params, headers);
    const isOff = codesOf(result).some((code) => REFUSED_INTROSPECTION.has(code));
    const isNobody = session.standing.get().state === 'anonymous';
    notify('introspectionOff', isOff);
    notify('signedOut', !result.data && !isOff && isNobody);
    notify('schemaRefused', !result.data && !isOff && !isNobody);
    return result;
  }

  return async (params, { headers: typed = {} } = {}) => {
    const names = library.environment.get();
    if (params.operationName === INTROSPECTION) return await introspect(params, known(typed, names));
    const { query } = params;
    const operation = operationOf(params);
    let headers: Readonly<Record<string, string>>;
    let variables: unknown;
    try {
      // GraphiQL gives headers as JSON has them.
      headers = fill(typed as Readonly<Record<string, string>>, names);
      variables = fill(params.variables, names);
    } catch (error) {
      return failure(wordsForUnknown(error, texts()));
    }
    const operationName = operation ? operation.name?.value : params.operationName;
    const request = { query, operationName, variables };
    const name = operationName ?? '';
    const kind = operation?.operation ?? 'query';
    const record = recording(workspace, {
      name,
      kind,
      query,
      variables: JSON.stringify(params.variables ?? {}, null, 2),
    });
    if (kind === 'subscription')
      return subscribe({ graphUrl, request, headers, notify, session, record, pausedAt, texts });
    const extensions = workspace.asksForPlans.get() ? { extensions: { plan: true } } : {};
    const reply = await post({ ...request, ...extensions }, headers);
    if (kind === 'mutation') learn(reply.result.data, library.environment);
    return await record.reply(reply);
  };
}

/** Headers whose placeholders have values, for what runs by itself. */
function known(headers: Readonly<Record<string, unknown>>, names: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      try {
        return [[name, fill(String(value), names)]];
      } catch {
        return [];
      }
    }),
  );
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

const codesOf = ({ errors = [] }: Result): unknown[] => errors.map(({ extensions }) => extensions?.code);
