import { isUtf8 } from 'node:buffer';
import { refusal } from '../errors/refusal.ts';
import type { Limits } from '../limits/limits.ts';
import { jsonExtent } from '../limits/nesting.ts';

/**
 * The text of a JSON body.
 * @throws HttpRefusal when it is empty, not UTF-8, or deeper or wider than the limits allow
 */
export function jsonText(body: Buffer, limits: Limits): string {
  if (body.length === 0)
    throw refusal.badRequest('The body of the request is empty; it should be {"query": "…"}.');
  if (!isUtf8(body)) throw refusal.badRequest('The body of the request is not valid UTF-8.');
  checkExtent(body, limits);
  return body.toString('utf8');
}

/** @throws HttpRefusal when JSON text is deeper or wider than the limits allow */
export function checkExtent(json: Uint8Array, limits: Limits): void {
  const { depth, fields } = jsonExtent(json);
  if (depth > limits.jsonDepth)
    throw refusal.badRequest(`JSON in a request may nest at most ${limits.jsonDepth} levels deep.`);
  if (fields > limits.jsonFields)
    throw refusal.badRequest(`A JSON object in a request may have at most ${limits.jsonFields} fields.`);
}

/** @throws HttpRefusal when a parsed body is not one JSON object with a field */
export function requestObject(body: unknown): Record<string, unknown> {
  if (Array.isArray(body))
    throw refusal.badRequest('Batches are not served: send one operation a request, as a JSON object.');
  if (typeof body !== 'object' || body === null || Object.keys(body).length === 0) {
    throw refusal.badRequest(
      'The body of the request should be a JSON object, such as {"query": "…", "variables": {…}}.',
    );
  }
  return body as Record<string, unknown>;
}
