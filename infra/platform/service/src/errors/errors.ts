import { GraphQLError } from 'graphql';

/**
 * Codes of expected refusals: nothing was stored or published, and `extensions.field` names the field at fault. But what is to be
 * tried again because the database is unavailable may have been done.
 */
export const refusalCodes = [
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'CURSOR_EXPIRED',
  'TRY_AGAIN_LATER',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Codes of requests that a subgraph has stopped: they took too much, or nobody waits for them. */
export const stopCodes = ['RESPONSE_TOO_LARGE', 'REQUEST_TIMEOUT'] as const;

/** Codes of requests that never reach a resolver or are stopped, and of the router where a subgraph or a response is not what it should be. */
export const protocolCodes = [
  'BAD_REQUEST',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'DOCUMENT_LIMIT_EXCEEDED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'SUBGRAPH_UNAVAILABLE',
  'ISSUER_UNAVAILABLE',
  'COST_LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'TOO_MANY_REQUESTS',
  'OVERLOADED',
  'DOCUMENT_NOT_TRUSTED',
  'ERRORS_OMITTED',
  ...stopCodes,
] as const;
export type ProtocolCode = (typeof protocolCodes)[number];

const knownCodes: ReadonlySet<unknown> = new Set([...refusalCodes, ...protocolCodes]);

/** Whether a client may see errors of this `extensions.code` as they are; all others are masked. */
export function isKnownCode(code: unknown): code is RefusalCode | ProtocolCode {
  return knownCodes.has(code);
}

/** The same error with a code, unless it has a known one. */
export function withCode(error: GraphQLError, code: RefusalCode | ProtocolCode): GraphQLError {
  if (isKnownCode(error.extensions.code)) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    originalError: error.originalError,
    extensions: { ...error.extensions, code },
  });
}

/** A refusal that a resolver throws; the client sees its message, `extensions.code` and `extensions.field`. */
export class RequestError extends GraphQLError {
  constructor(code: RefusalCode, message: string, field?: string) {
    super(message, { extensions: field === undefined ? { code } : { code, field } });
    this.name = 'RequestError';
  }
}

/** @param field path of the argument at fault, such as `input.seatQty` */
export function badUserInput(field: string, message: string): RequestError {
  return new RequestError('BAD_USER_INPUT', message, field);
}

/** @param field path of the argument that names what was not found, such as `id` */
export function notFound(field: string, message: string): RequestError {
  return new RequestError('NOT_FOUND', message, field);
}

/** @param field path of the argument that names what is not the caller's, such as `input.customerId` */
export function forbidden(field: string, message: string): RequestError {
  return new RequestError('FORBIDDEN', message, field);
}

const statusOfRefusal: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };

/** The HTTP status of a request that is refused as a whole for this error. */
export function refusalStatus(error: RequestError): number {
  return statusOfRefusal[String(error.extensions.code)] ?? 400;
}

/** What clients see of a failure of the surroundings, such as a database that is away or a disk that is full. */
export const outage = {
  message:
    'The service cannot use its database at present. Try again later; a change may have been made: repeat it with the same idempotency key.',
  code: 'TRY_AGAIN_LATER',
} as const satisfies { message: string; code: RefusalCode };

/** A subscription that cannot resume from its cursor, since the events after it are deleted. */
export function cursorExpired(): RequestError {
  const message =
    'The cursor has expired: events after it are deleted. Subscribe without a cursor and query the current state.';
  return new RequestError('CURSOR_EXPIRED', message, 'extensions.cursor');
}

/** A request refused before GraphQL: its HTTP status and the code of the one error in its body. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly code: ProtocolCode | RefusalCode;

  constructor(status: number, code: ProtocolCode | RefusalCode, message: string) {
    super(message);
    this.name = 'HttpRefusal';
    this.status = status;
    this.code = code;
  }
}
