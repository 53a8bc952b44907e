import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { NodeProcess } from '@airline/local/process';
import { listen } from '@airline/testing';

/** What stands in for the node that a collector runs on: its folder of logs, and the API server that knows its pods. */
export interface StubNode extends AsyncDisposable {
  /** As /var/log/pods. */
  readonly logs: string;
  /** For KUBECONFIG. */
  readonly kubeconfig: string;
  /** Writes what the processes have printed, and print from now on, as a container runtime does. */
  follow(processes: Readonly<Record<string, NodeProcess>>): void;
}

/** Pods as the API server lists them, one for each service. */
const podsOf = (uids: ReadonlyMap<string, string>) => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata: { resourceVersion: '1' },
  items: Array.from(uids, ([service, uid]) => ({
    metadata: {
      name: `${service}-0`,
      namespace: 'airline',
      uid,
      resourceVersion: '1',
      labels: { 'app.kubernetes.io/name': service },
    },
    spec: { nodeName: 'here', containers: [{ name: 'service' }] },
    status: { phase: 'Running' },
  })),
});

export async function startStubNode(folder: string, services: readonly string[]): Promise<StubNode> {
  const logs = join(folder, 'pods');
  const uids = new Map(services.map((service) => [service, randomUUID()]));
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'application/json');
    // A watch stays open, and nothing happens; a list by watching is not known, as to servers of before 1.32.
    if (url.includes('sendInitialEvents'))
      response.writeHead(422).end('{"kind":"Status","apiVersion":"v1","code":422}');
    else if (url.includes('watch=')) response.writeHead(200).flushHeaders();
    else if (url.startsWith('/api/v1/namespaces/airline/pods?')) response.end(JSON.stringify(podsOf(uids)));
    else response.writeHead(403).end('{"kind":"Status","apiVersion":"v1","code":403}');
  });
  const kubeconfig = join(folder, 'kubeconfig');
  const named = { name: 'here', cluster: { server: `http://127.0.0.1:${await listen(server)}` } };
  await writeFile(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [named],
      users: [{ name: 'here', user: {} }],
      contexts: [{ name: 'here', context: { cluster: 'here', user: 'here' } }],
      'current-context': 'here',
    }),
  );
  const files = new Map<string, string>();
  for (const [service, uid] of uids) {
    const container = join(logs, `airline_${service}-0_${uid}`, 'service');
    await mkdir(container, { recursive: true });
    files.set(service, join(container, '0.log'));
  }
  let timer: NodeJS.Timeout | undefined;
  return {
    logs,
    kubeconfig,
    follow: (processes) => {
      const written = new Map<string, number>();
      timer = setInterval(() => {
        for (const [service, { output }] of Object.entries(processes)) {
          const text = output();
          const end = text.lastIndexOf('\n') + 1;
          const lines = text
            .slice(written.get(service) ?? 0, end)
            .split('\n')
            .slice(0, -1);
          written.set(service, end);
          const inCri = lines.map((line) => `${new Date().toISOString()} stdout F ${line}\n`);
          appendFileSync(files.get(service) ?? '', inCri.join(''));
        }
      }, 50);
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}
