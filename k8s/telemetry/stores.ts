import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@airline/testing';
import type { StubNode } from './node.ts';
import { ask, derive, serve } from './programs.ts';

/** The URLs of Loki and Jaeger, to which a collector brings what a node's pods log and send. */
export interface Stores extends AsyncDisposable {
  readonly loki: string;
  readonly jaeger: string;
}

/** Starts them with the configurations of k8s/components/observability; the collector takes traces at a port of 127.0.0.1. */
export async function startStores(folder: string, node: StubNode, collectorPort: number): Promise<Stores> {
  await using starting = new AsyncDisposableStack();
  const ports = await Promise.all(Array.from({ length: 6 }, freePort));
  const [lokiPort, lokiGrpc, otlpPort, jaegerPort, jaegerHealth, collectorHealth] = ports;
  const at = (port: number | undefined) => `127.0.0.1:${port}`;
  const file = (name: string) => join(folder, name);
  const start = async (...args: Parameters<typeof serve>) => starting.use(await serve(...args));

  const loki = await derive('loki/config.yaml', file('loki.yaml'), {
    'http_listen_port: 3100': `http_listen_port: ${lokiPort}`,
    '/data': file('loki'),
  });
  await ask('loki', `-config.file=${loki}`, '-verify-config');
  await start(
    `http://${at(lokiPort)}/ready`,
    'loki',
    `-config.file=${loki}`,
    `-server.grpc-listen-port=${lokiGrpc}`,
  );

  const jaeger = await derive('jaeger/config.yaml', file('jaeger.yaml'), {
    '0.0.0.0:4318': at(otlpPort),
    '0.0.0.0:16686': at(jaegerPort),
    '0.0.0.0:13133': at(jaegerHealth),
    '/data': file('jaeger'),
  });
  await start(`http://${at(jaegerHealth)}/status`, 'jaeger', `--config=${jaeger}`);

  await mkdir(file('collector'));
  const collector = await derive('collector/config.yaml', file('collector.yaml'), {
    '0.0.0.0:4318': at(collectorPort),
    '0.0.0.0:13133': at(collectorHealth),
    '/var/log/pods': node.logs,
    '/data': file('collector'),
    'loki.observability:3100': at(lokiPort),
    'jaeger.observability:4318': at(otlpPort),
    '  k8s_attributes:\n': '  k8s_attributes:\n    auth_type: kubeConfig\n',
  });
  const onNode = [`KUBECONFIG=${node.kubeconfig}`, 'NODE_NAME=here', 'otelcol'];
  await ask('env', ...onNode, 'validate', `--config=${collector}`);
  await start(`http://${at(collectorHealth)}/`, 'env', ...onNode, `--config=${collector}`);

  const started = starting.move();
  return {
    loki: `http://${at(lokiPort)}`,
    jaeger: `http://${at(jaegerPort)}`,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
