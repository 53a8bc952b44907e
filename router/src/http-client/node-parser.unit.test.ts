import { request } from 'node:http';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from './response-head.ts';
import { ResponseReader } from './response-reader.ts';
import { damaged } from './responses.fixture.ts';

const RUNS = Number(process.env.ORACLE_RUNS ?? 200);

interface Read {
  readonly status: number;
  readonly body: string;
}

/** What is read of the bytes of a connection, which then ends; undefined for no whole response. */
function ours(bytes: Buffer): Read | undefined {
  let read: Read | undefined;
  const reader = new ResponseReader({
    received: () => {},
    ended: ({ status }, body) => {
      read = { status, body: body.toString('latin1') };
    },
  });
  try {
    // A connection with anything behind a response is closed.
    if (reader.read(bytes)) return undefined;
    reader.end();
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
  return read;
}

/** The same by Node's own client. */
const ofNode = (bytes: Buffer): Promise<Read | undefined> =>
  new Promise((resolve) => {
    const socket = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
    const none = () => resolve(undefined);
    const sent = request({ method: 'POST', createConnection: () => socket }, (response) => {
      const chunks: Buffer[] = [];
      response
        .on('error', none)
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('latin1') }),
        );
    });
    sent.on('error', none).end();
    socket.push(bytes);
    socket.push(null);
  });

test('of what is damaged, nothing is read otherwise than by the client of Node', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async ({ text }) => {
      // Node reads nothing behind an interim response of HTTP/1.0, which no server sends.
      fc.pre(!text.startsWith('HTTP/1.0 1'));
      const bytes = Buffer.from(text, 'latin1');
      const read = ours(bytes);
      if (read) expect(read).toEqual(await ofNode(bytes));
    }),
    { numRuns: RUNS },
  );
});
