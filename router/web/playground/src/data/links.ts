import { parse, print } from 'graphql';
import type { Saved } from './library.ts';

/** What an address says is to be opened; undefined for none. Variables that are no JSON are shown as they are. */
export function linkedBy(search: string): Saved | undefined {
  const parameters = new URLSearchParams(search);
  const query = parameters.get('query');
  if (query === null) return undefined;
  return { query, variables: indented(parameters.get('variables') ?? '') };
}

function indented(json: string): string {
  try {
    return json === '' ? '' : JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** Whether two are one operation with the same variables, however they are laid out. */
export const isSame = (one: Saved, other: Saved): boolean =>
  laidOut(one.query) === laidOut(other.query) && compact(one.variables) === compact(other.variables);

function laidOut(query: string): string {
  try {
    return print(parse(query));
  } catch {
    return query.trim();
  }
}

/** No variables are an empty object. */
function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json.trim() === '' ? '{}' : json));
  } catch {
    return json;
  }
}

/** The address that opens an operation. Headers are left out, as they may hold tokens. */
export function linkTo(page: URL, { query, variables }: Saved): string {
  const link = new URL(page.pathname, page);
  link.searchParams.set('query', query);
  if (variables.trim() !== '') link.searchParams.set('variables', variables);
  return link.href;
}

/** A request as it is sent, with JSON instead of texts. */
export interface Sendable {
  readonly query: string;
  readonly variables: unknown;
  readonly operationName: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly isSubscription: boolean;
  /** Whether someone has signed in, whose token stands nowhere but in `$TOKEN`. */
  readonly hasSession: boolean;
}

/** It as a command for a POSIX shell; a subscription as server-sent events. */
export function curlOf(graphUrl: URL, sendable: Sendable): string {
  const { query, variables, operationName, headers, isSubscription, hasSession } = sendable;
  const body = JSON.stringify({ query, operationName, variables });
  const isOwn = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  const sent = Object.entries({
    'content-type': 'application/json',
    accept: isSubscription ? 'text/event-stream' : 'application/json',
    ...headers,
  }).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const token = hasSession && !isOwn ? ['-H "authorization: Bearer $TOKEN"'] : [];
  const url = isSubscription ? `${graphUrl.href}/stream` : graphUrl.href;
  const command = `curl ${isSubscription ? '-N ' : ''}${quoted(url)}`;
  return [command, ...sent, ...token, `--data-raw ${quoted(body)}`].join(' \\\n  ');
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
