import type { Increment, OperationResult, Pending } from '../request.ts';
import { drained } from '../response.ts';
import type { IncrementFormat } from './accept.ts';
import type { Exchange } from './exchange.ts';
import { multipartBoundary, multipartPart } from './multipart.ts';

type Fault = NonNullable<OperationResult['errors']>[number];

/** How a protocol writes the first part of a response, and those that follow. */
interface Format {
  first(result: Omit<OperationResult, 'deferred'>, pending: readonly Pending[]): object;
  next(increment: Increment<Fault>): object;
}

const formats: Readonly<Record<IncrementFormat, Format>> = {
  'deferSpec=20220824': {
    first: (result, pending) => ({ ...result, hasNext: pending.length > 0 }),
    next: ({ parts, hasNext, extensions }) => ({
      incremental: parts.map(({ pending: { path, label }, data, errors }) => ({ data, path, label, errors })),
      hasNext,
      extensions,
    }),
  },
  'incrementalSpec=v0.2': {
    first: (result, pending) => ({ ...result, ...announced(pending), hasNext: pending.length > 0 }),
    next: ({ parts, pending, hasNext, extensions }) => {
      const delivered = parts.filter(({ data }) => data !== null);
      return {
        ...announced(pending),
        ...(delivered.length > 0 && {
          incremental: delivered.map(({ pending: { id }, data, errors }) => ({ id, data, errors })),
        }),
        completed: parts.map(({ pending: { id }, data, errors }) =>
          data === null ? { id, errors } : { id },
        ),
        hasNext,
        extensions,
      };
    },
  },
};

const announced = (pending: readonly Pending[]) =>
  pending.length > 0 ? { pending: pending.map(({ id, path, label }) => ({ id, path, label })) } : {};

/**
 * Writes a result as multipart/mixed: its first part, and each increment once it is there and the client has read those
 * before it. No more is read of the increments once the client has left.
 */
export async function writeIncrements(
  { response, id, health }: Exchange,
  { deferred, ...result }: OperationResult,
  protocol: IncrementFormat,
): Promise<void> {
  const format = formats[protocol];
  response.writeHead(200, {
    'content-type': `multipart/mixed;boundary="${multipartBoundary}";${protocol}`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-accel-buffering': 'no',
    'x-request-id': id,
    ...(health.isShuttingDown && { connection: 'close' }),
  });
  response.write(
    `--${multipartBoundary}${multipartPart(JSON.stringify(format.first(result, deferred?.pending ?? [])))}`,
  );
  for await (const increment of deferred?.increments ?? []) {
    if (response.destroyed) break;
    response.write(multipartPart(JSON.stringify(format.next(increment))));
    await drained(response);
  }
  response.end('--\r\n');
}
