import { Agent, request } from 'node:https';
import { json } from 'node:stream/consumers';

/** Timeout of a request. */
const TIMEOUT_MS = 30_000;

interface Response<Data> {
  readonly data?: Data;
  readonly errors?: readonly { readonly message: string }[];
}

export type Send = <Data>(query: string, variables: object) => Promise<Data>;

/**
 * A client that sends each request once, and throws without a response or on errors in it. Without `keepAlive` each request
 * has a connection of its own (`connection: close`), with it all have the same one.
 */
export function httpClient(url: string, keepAlive: boolean): Send {
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  return <Data>(query: string, variables: object) => {
    return new Promise<Data>((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const sent = request(url, { method: 'POST', agent, headers, signal }, async (response) => {
        try {
          // The router's responses have the shape of GraphQL over HTTP; the query says that of the data.
          const { data, errors } = (await json(response)) as Response<Data>;
          const wrong = errors?.map(({ message }) => message).join('; ');
          if (response.statusCode !== 200 || wrong || !data)
            throw new Error(`${response.statusCode}: ${wrong}`);
          resolve(data);
        } catch (error) {
          reject(error);
        }
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ query, variables }));
    });
  };
}
