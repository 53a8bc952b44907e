import type { Logger } from '@airline/observability';
import { HttpRefusal, internalError, RequestError, refusalStatus } from '@airline/service/server';
import type { Exchange } from './exchange.ts';
import { writeError } from './write.ts';

/** Does a piece of an exchange's work, and responds with what it throws or rejects with. */
export type Attempt = (exchange: Exchange, work: () => void | Promise<void>) => void;

/** HttpRefusal and RequestError reach the client as they are; anything else is logged, and masked. */
export function createAttempt(logger: Logger): Attempt {
  const fail = (exchange: Exchange, error: unknown) => {
    const { response } = exchange;
    const refused = error instanceof HttpRefusal || error instanceof RequestError;
    if (!refused) logger.error({ err: error }, 'unexpected error in an HTTP request');
    if (response.headersSent) response.destroy();
    else writeError(exchange, refused ? asHttp(error) : internalError);
  };
  return (exchange, work) => {
    try {
      work()?.catch((error: unknown) => fail(exchange, error));
    } catch (error) {
      fail(exchange, error);
    }
  };
}

function asHttp(error: HttpRefusal | RequestError) {
  if (error instanceof HttpRefusal) return error;
  return { status: refusalStatus(error), code: String(error.extensions.code), message: error.message };
}
