import type { Exchange } from './exchange.ts';

/** How long a browser may cache a preflight's response, in seconds; browsers cap it themselves. */
const PREFLIGHT_SECONDS = 86_400;

/**
 * Cross-origin resource sharing (https://fetch.spec.whatwg.org/#http-cors-protocol) with pages of these origins; `*` is any.
 * Cookies are not read here, so credentials are never allowed, only headers.
 *
 * @returns a function that sets a response's headers, and returns whether it has ended the response because the request
 *   was a preflight; undefined when there are no origins
 */
export function createCors(
  origins: readonly string[],
): ((exchange: Exchange, methods: readonly string[]) => boolean) | undefined {
  if (origins.length === 0) return undefined;
  const allowed = new Set(origins);
  return ({ request, response }, methods) => {
    response.setHeader('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !(allowed.has('*') || allowed.has(origin))) return false;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', 'x-request-id');
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
      return false;
    }
    response.setHeader('access-control-allow-methods', methods.join(', '));
    const headers = request.headers['access-control-request-headers'];
    if (headers !== undefined) response.setHeader('access-control-allow-headers', headers);
    response.setHeader('access-control-max-age', PREFLIGHT_SECONDS);
    response.writeHead(204).end();
    return true;
  };
}
