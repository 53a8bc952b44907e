import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Stage } from './call.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';

export interface Outcome {
  readonly status?: number;
  readonly body?: string;
  readonly failed?: Stage;
}

interface CallOptions {
  readonly isOver?: boolean;
  /** Whether nobody waits for it any more once it has begun. */
  readonly leaves?: boolean;
  /** Bytes of a piece of the response; what has more is refused. */
  readonly most?: number;
}

/** A client, and what becomes of its calls. */
export function clientWith(options: HttpClientOptions = {}) {
  const client = createHttpClient(options);
  onTestFinished(() => client.close());
  const post = (
    url: string,
    body = '{}',
    { isOver = false, leaves = false, most = Number.POSITIVE_INFINITY }: CallOptions = {},
  ) =>
    new Promise<Outcome>((resolve) => {
      const { origin, host, pathname } = new URL(url);
      let close: (reason: Error) => void;
      client.send(origin, {
        isOver,
        head: `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\n`,
        body,
        began: (closing) => {
          close = closing;
          if (leaves) close(new Error('Nobody waits for it.'));
        },
        received: (bytes) => {
          if (bytes > most) close(new Error('It has too much.'));
        },
        ended: ({ status }, bytes) => resolve({ status, body: bytes.toString() }),
        failed: (_error, stage) => resolve({ failed: stage }),
      });
    });
  return { post, close: () => client.close() };
}

export const ok = (body: string): Outcome => ({ status: 200, body });

/** Trusts a certificate until the test ends. */
export function trusting(certificate: string): void {
  const before = getCACertificates('default');
  onTestFinished(() => setDefaultCACertificates(before));
  setDefaultCACertificates([...before, certificate]);
}
