import { HttpRefusal } from './errors.ts';

/** An unexpected error as the client sees it. */
export const internalError = {
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Internal server error',
} as const;

/** Refusals that all HTTP servers share. */
export const refusal = {
  badRequest: (message: string) => new HttpRefusal(400, 'BAD_REQUEST', message),
  withoutHost: () => refusal.badRequest('HTTP/1.1 requires a Host header (RFC 9112 3.2).'),
  unsigned: () =>
    new HttpRefusal(
      401,
      'UNAUTHENTICATED',
      'Only the router may ask this subgraph; send requests to the router.',
    ),
  unverifiable: () =>
    new HttpRefusal(
      401,
      'UNAUTHENTICATED',
      'This subgraph cannot verify on whose behalf the request is; set its SUBGRAPH_SECRET, as the router has it.',
    ),
  notJson: () => refusal.badRequest('The request body is not valid JSON, or has a forbidden key.'),
  unknownPath: () => new HttpRefusal(404, 'NOT_FOUND', 'Unknown path; GraphQL is at /graphql.'),
  unknownHost: () =>
    new HttpRefusal(403, 'FORBIDDEN', 'The Host header names no host of this server: see ALLOWED_HOSTS.'),
  foreignOrigin: () =>
    new HttpRefusal(403, 'FORBIDDEN', 'Pages of this origin may not use this server: see CORS_ORIGINS.'),
  /** The response requires the header `allow` with these methods, too. */
  wrongMethod: (methods: readonly string[]) =>
    new HttpRefusal(405, 'METHOD_NOT_ALLOWED', `Method not allowed; use ${methods.join(' or ')}.`),
  tooLarge: (bodyLimitBytes: number) =>
    new HttpRefusal(
      413,
      'PAYLOAD_TOO_LARGE',
      `The request body exceeds the limit of ${bodyLimitBytes} bytes.`,
    ),
  wrongMediaType(contentType: string | undefined) {
    const found = contentType === undefined ? 'is missing' : 'is another';
    const message = `The content-type ${found}; send application/json.`;
    return new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  },
};
