import { isDeepStrictEqual } from 'node:util';

/** How a response compares with another one to the same request; the order of keys is part of a response. */
export type Agreement = 'same' | 'other key order' | 'other data';

/** Compares `data` and `errors` of two responses. */
export function compareResponses(expected: string, actual: string): Agreement {
  const [one, other] = [parse(expected), parse(actual)];
  if (JSON.stringify(one) === JSON.stringify(other)) return 'same';
  return isDeepStrictEqual(one, other) ? 'other key order' : 'other data';
}

/** Without `extensions`, which are each router's own. */
function parse(response: string): { readonly data?: unknown; readonly errors?: unknown } {
  const { data, errors } = JSON.parse(response) as { data?: unknown; errors?: unknown };
  return { data, ...(errors !== undefined && { errors }) };
}

/** Why a response cannot be measured: it has errors or no data. */
export function faultOf(response: string): string | undefined {
  try {
    const { data, errors } = parse(response);
    if (errors !== undefined) return `errors: ${JSON.stringify(errors).slice(0, 200)}`;
    return data ? undefined : `no data: ${response.slice(0, 200)}`;
  } catch {
    return `not JSON: ${response.slice(0, 200)}`;
  }
}
