/** A GraphQL response in JSON (https://spec.graphql.org/October2021/#sec-Response). */
export interface GraphQLResponse<Data = unknown> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string; readonly field?: string };
  }[];
}

type Variables = Readonly<Record<string, unknown>>;
type Headers = Readonly<Record<string, string>>;

const TIMEOUT_MS = 20_000;

/** Posts a body as it is, as JSON unless the headers say otherwise, and reads the response as JSON. */
export async function post<Body = GraphQLResponse>(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Headers = {},
) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  // JSON has no type: the caller knows what it has asked for.
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

/** Runs one operation; returns its data or errors, and throws where there is no response. */
export async function execute<Data>(
  url: string,
  query: string,
  variables: Variables = {},
  headers: Headers = {},
): Promise<GraphQLResponse<Data>> {
  const { body } = await post<GraphQLResponse<Data>>(url, JSON.stringify({ query, variables }), headers);
  return body;
}

/** Runs one operation that is expected to succeed; returns its data and throws on errors. */
export async function request<Data>(...operation: Parameters<typeof execute>): Promise<Data> {
  const { data, errors } = await execute<Data>(...operation);
  if (errors || !data) throw new Error(`The graph returned errors: ${JSON.stringify(errors)}`);
  return data;
}
