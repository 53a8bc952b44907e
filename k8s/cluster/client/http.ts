import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';

/** How long a client waits for an answer. */
const PATIENCE_MS = 30_000;

interface Answer<Data> {
  readonly data?: Data;
  readonly errors?: readonly { readonly message: string }[];
}

export type Ask = <Data>(query: string, variables: object) => Promise<Data>;

/**
 * A client that asks once: whoever is not answered, or with an error, is told so by an exception. Without `keepAlive` each
 * request has a connection of its own (`connection: close`), with it a client goes on with the one it has.
 */
export function httpClient(url: string, keepAlive: boolean): Ask {
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  return <Data>(query: string, variables: object) => {
    return new Promise<Data>((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const sent = request(url, { method: 'POST', agent, headers, signal }, async (response) => {
        try {
          // The router's responses have the shape of GraphQL over HTTP; the query says that of the data.
          const { data, errors } = (await json(response)) as Answer<Data>;
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
