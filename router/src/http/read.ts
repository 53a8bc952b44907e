import { HttpRefusal, refusal } from '@airline/service/server';
import { Gathered } from '../gathered.ts';
import { decoderOf } from './compression.ts';
import type { Exchange } from './exchange.ts';

/**
 * Reads a request's body, decompressed. `done` is called once, with the body or with why it is refused; not at all when the client goes
 * away before its end. What comes after a refusal is discarded, so that the client gets to read the response.
 */
export function readBody(
  exchange: Pick<Exchange, 'request' | 'response'>,
  limitBytes: number,
  done: (body: Buffer | HttpRefusal) => void,
): void {
  const { request } = exchange;
  const isTooLarge = Number(request.headers['content-length']) > limitBytes;
  const decode = isTooLarge ? refusal.tooLarge(limitBytes) : decoderOf(exchange, limitBytes);
  if (decode instanceof HttpRefusal) {
    request.resume();
    done(decode);
    return;
  }
  const announced = Number(request.headers['content-length'] ?? limitBytes);
  const read = new Gathered(announced);
  const onData = (chunk: Buffer) => {
    if (read.bytes + chunk.length <= limitBytes) {
      read.add(chunk);
      return;
    }
    request.off('data', onData).off('end', onEnd).resume();
    done(refusal.tooLarge(limitBytes));
  };
  const onEnd = () => {
    const body = read.all;
    if (decode) void decode(body).then(done);
    else done(body);
  };
  request.on('data', onData).on('end', onEnd);
}
