import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { listen } from '@airline/testing';

/** The names of alerts by the URL that Alertmanager has sent them to: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config. */
export interface Receiver extends AsyncDisposable {
  /** Ends with a slash; what follows says which receiver it is. */
  readonly url: string;
  /** Those that have fired so far. */
  readonly received: { readonly [to: string]: ReadonlySet<string> };
}

interface Notification {
  readonly alerts: readonly { readonly status: string; readonly labels: { readonly alertname: string } }[];
}

export async function startReceiver(): Promise<Receiver> {
  const received: Record<string, Set<string>> = {};
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      // As its documentation says; the URL is none that anything else knows.
      const { alerts } = body as Notification;
      const to = request.url?.slice(1) ?? '';
      received[to] ??= new Set();
      for (const { labels } of alerts) received[to].add(labels.alertname);
      response.end();
    });
  });
  const url = `http://127.0.0.1:${await listen(server)}/`;
  return {
    url,
    received,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
