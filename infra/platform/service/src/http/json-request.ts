import { isUtf8 } from 'node:buffer';
import { refusal } from '../errors/refusal.ts';
import type { Limits } from '../limits/limits.ts';
import { jsonExtent } from '../limits/nesting.ts';

/**
 * The text of a JSON body.
 * @throws HttpRefusal when it is empty, not UTF-8, or deeper or wider than the limits
 */
export function jsonText(body: Buffer, limits: Limits): string {
  if (body.length === 0) throw refusal.badRequest('The request body is empty; expected {"query": "…"}.');
  if (!isUtf8(body)) throw refusal.badRequest('The request body is not valid UTF-8.');
  checkExtent(body, limits);
  return body.toString('utf8');
}

/** @throws HttpRefusal when JSON text is deeper or wider than the limits */
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
    throw refusal.badRequest('Batched requests are not supported; send one operation per request.');
  if (typeof body !== 'object' || body === null || Object.keys(body).length === 0) {
    throw refusal.badRequest(
      'The request body must be a JSON object such as {"query": "…", "variables": {…}}.',
    );
  }
  // Any object is one of unknown fields; TypeScript does not narrow to that.
  return body as Record<string, unknown>;
}
