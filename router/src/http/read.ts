import type { IncomingMessage } from 'node:http';
import { type HttpRefusal, refusal } from '@airline/service/server';

/**
 * Reads a request's body. `done` is called once, with the body or with why it is refused; not at all when the client goes
 * away before its end. What comes after a refusal is discarded, so that the client gets to read the response.
 */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
  done: (body: Buffer | HttpRefusal) => void,
): void {
  if (Number(request.headers['content-length']) > limitBytes) {
    request.resume();
    done(refusal.tooLarge(limitBytes));
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limitBytes) {
      chunks.push(chunk);
      return;
    }
    request.off('data', onData).off('end', onEnd).resume();
    done(refusal.tooLarge(limitBytes));
  };
  const onEnd = () => {
    const [first] = chunks;
    done(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, bytes));
  };
  request.on('data', onData).on('end', onEnd);
}
