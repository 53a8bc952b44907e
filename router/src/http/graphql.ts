import type { IncomingMessage } from 'node:http';
import { HttpRefusal, type Limits, refusal } from '@airline/service/server';
import type { Admission } from '../admission/admission.ts';
import type { HeldRefusals } from '../admission/held-refusals.ts';
import { isRefused, type Refused } from '../refusal.ts';
import type { Client, Runnable } from '../request.ts';
import { whenOver } from '../response.ts';
import { type Accepted, notAcceptable, readAccept } from './accept.ts';
import type { Attempt } from './attempt.ts';
import { preventForgery } from './csrf.ts';
import type { Exchange } from './exchange.ts';
import { arrivedBody, arrivedUrl } from './parameters.ts';
import { readBody } from './read.ts';
import { createRefuseClient, refuseRequest } from './refusing.ts';
import { createRespond, type RespondOptions } from './respond.ts';
import { write } from './write.ts';

export interface GraphqlOptions<Prepared extends Runnable> extends RespondOptions<Prepared> {
  /** Who asks; `id` is the request's. It may throw a RequestError. */
  readonly identify: (request: IncomingMessage, id: string) => Client | Refused | Promise<Client | Refused>;
  /** Admits an operation of a client, or says why not. */
  readonly admit: Admission['enter'];
  /** @returns what resolves when a refusal may be sent; undefined for at once */
  readonly hold: HeldRefusals['hold'];
  readonly limits: Limits;
  /** The path to which a browser that opens this one is redirected; none by default. */
  readonly playground?: string;
}

/** A request as far as its head says. */
interface Arrival {
  readonly accepted: Accepted;
  /** Its URL from behind the question mark. */
  readonly search: string;
}

/**
 * GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): GET for queries, POST for all.
 * @returns the handler of a GET or POST; `search` is its URL from behind the question mark
 */
export function createGraphql<Prepared extends Runnable>(
  options: GraphqlOptions<Prepared>,
  attempt: Attempt,
): (exchange: Exchange, search: string) => void | Promise<void> {
  const { admit, hold, identify, limits, playground } = options;
  const refuseClient = createRefuseClient(hold);
  const respond = createRespond(options, refuseClient);

  /** Refuses what is not admitted before its body is read. */
  function enter(exchange: Exchange, client: Client | Refused, { accepted, search }: Arrival) {
    if (isRefused(client)) return refuseRequest(exchange, client, accepted);
    const { request, response } = exchange;
    const visit = admit(client.source);
    if (isRefused(visit)) return refuseClient(exchange, visit, { accepted, client });
    whenOver(request, response, () => visit.leave());
    const entered = { accepted, client, visit };
    if (request.method === 'GET') return respond(exchange, arrivedUrl(search, limits), entered);
    const refuse = async (refused: HttpRefusal) => {
      await hold(client.source, refused);
      throw refused;
    };
    const read = (body: Buffer | HttpRefusal) =>
      attempt(exchange, () => {
        if (body instanceof HttpRefusal) return refuse(body);
        return respond(exchange, arrivedBody(body, limits), entered);
      });
    readBody(exchange, limits.bodyBytes, read, visit);
  }

  return (exchange, search) => {
    const { request } = exchange;
    const accepted = readAccept(request.headers.accept);
    if (playground && accepted.page && request.method === 'GET' && search === '') {
      return redirect(exchange, playground);
    }
    if (!accepted.whole && !accepted.streams) throw notAcceptable();
    const contentType = request.headers['content-type'];
    if (request.method === 'GET') preventForgery(request.headers);
    else if (!isJson(contentType)) throw refusal.wrongMediaType(contentType);
    const client = identify(request, exchange.id);
    const arrival = { accepted, search };
    if (client instanceof Promise) return client.then((known) => enter(exchange, known, arrival));
    return enter(exchange, client, arrival);
  };
}

function redirect(exchange: Exchange, path: string): void {
  exchange.response.setHeader('location', path);
  exchange.response.appendHeader('vary', 'Accept');
  const body = `The playground is at ${path}.\n`;
  write(exchange, { status: 303, type: 'text/plain; charset=utf-8', body });
}

export function isJson(contentType: string | undefined): boolean {
  return contentType === 'application/json' || /^\s*application\/json\s*(;|$)/i.test(contentType ?? '');
}
