import type { IncomingHttpHeaders } from 'node:http';
import { refusal } from '@airline/service/server';

/** What a page may send to another origin without asking first (https://fetch.spec.whatwg.org/#cors-safelisted-request-header). */
const simpleTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];
const preflightHeaders = ['apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * Refuses a request that a foreign page could make a browser send without a preflight, as Apollo Server's `csrfPrevention`
 * does. A POST that must be application/json needs no such check, nor does what a browser says comes from a page that may use
 * this server: its Origin, which the boundary has checked, or `sec-fetch-site` (https://w3c.github.io/webappsec-fetch-metadata/)
 * of an EventSource, which can have no headers.
 *
 * @throws HttpRefusal BAD_REQUEST
 */
export function preventForgery(headers: IncomingHttpHeaders): void {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== '' && !simpleTypes.includes(type)) return;
  if (headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin') return;
  if (preflightHeaders.some((name) => headers[name])) return;
  throw refusal.badRequest(
    `This operation has been blocked as a potential Cross-Site Request Forgery (CSRF). Send a content-type that is not one of ${simpleTypes.join(', ')}, or a non-empty value for one of the headers ${preflightHeaders.join(', ')}.`,
  );
}
