import { HttpRefusal, refusal } from '@airline/service/server';
import type { Visit } from '../admission/visit.ts';
import { Gathered } from '../gathered.ts';
import { whenOver } from '../response.ts';
import { decoderOf } from './compression.ts';
import { decoders } from './decoders.ts';
import type { Exchange } from './exchange.ts';

/**
 * Reads a request's body, decompressed. `done` is called once, with the body or with why it is refused; not at all when the client goes
 * away before its end, or while the body waits to be decompressed. What comes after a refusal is discarded, so that the client gets to
 * read the response.
 *
 * @param visit counts what has come until the body is whole and decompressed
 */
export function readBody(
  exchange: Pick<Exchange, 'request' | 'response'>,
  limitBytes: number,
  done: (body: Buffer | HttpRefusal) => void,
  visit: Visit,
): void {
  const { request, response } = exchange;
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
    const isBeyond = read.bytes + chunk.length > limitBytes;
    const refused = isBeyond ? refusal.tooLarge(limitBytes) : visit.arrive(chunk.length);
    if (!refused) {
      read.add(chunk);
      return;
    }
    request.off('data', onData).off('end', onEnd).resume();
    done(refused);
  };
  const onEnd = () => {
    // Or else the request, which lives as long as its response, would hold on to the body.
    request.off('data', onData).off('end', onEnd);
    const body = read.all;
    if (!decode) {
      done(body);
      return;
    }
    const leave = decoders.enter(visit.client.source, () => decode(body).then(done));
    whenOver(request, response, leave);
  };
  request.on('data', onData).on('end', onEnd);
}
