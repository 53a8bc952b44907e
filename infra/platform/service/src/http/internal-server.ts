import { createServer, type RequestListener, type Server } from 'node:http';
import { refuseMalformedRequest } from '../errors/raw-response.ts';

/** A server for probes, scrapers and operators. All its responses have `nosniff`, and none is one that Node makes by itself. */
export function createInternalServer(listener: RequestListener): Server {
  const serve: RequestListener = (request, response) => {
    response.setHeader('x-content-type-options', 'nosniff');
    listener(request, response);
  };
  return createServer({ requireHostHeader: false }, serve)
    .on('checkExpectation', serve)
    .on('clientError', refuseMalformedRequest);
}
