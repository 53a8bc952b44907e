import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { parse } from 'yaml';
import { type Discovery, discover } from './prometheus-discovery.ts';

// Runs Prometheus with its configuration, except that pods are discovered here and served to it over HTTP. Relabelling
// (`relabel_configs`) stays with Prometheus.

interface Config {
  readonly scrape_configs: readonly { readonly kubernetes_sd_configs: readonly [Discovery] }[];
}

const FILE = '--config.file=';
/** The only folder that it may write to. */
const REWRITTEN = '/data/config.json';

const args = process.argv.slice(2);
const file = args.find((argument) => argument.startsWith(FILE))?.slice(FILE.length) ?? '';
const config: Config = parse(readFileSync(file, 'utf8'));
const discoveries = config.scrape_configs.map(({ kubernetes_sd_configs: [first] }) => first);

const agent = new Agent({ keepAlive: true });
const server = createServer(async (request, response) => {
  try {
    const discovery = discoveries[Number(request.url?.slice(1))];
    const targets = discovery ? await discover(discovery, agent) : [];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(targets));
  } catch (error) {
    // Prometheus logs it, and keeps the targets that it knows.
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
// Listening on TCP, it has an address and a port.
const { port } = server.address() as AddressInfo;

const scrape_configs = config.scrape_configs.map(({ kubernetes_sd_configs: _, ...job }, index) => ({
  ...job,
  http_sd_configs: [{ url: `http://127.0.0.1:${port}/${index}`, refresh_interval: '5s' }],
}));
// JSON is YAML.
writeFileSync(REWRITTEN, JSON.stringify({ ...config, scrape_configs }));
const prometheus = spawn(
  'prometheus',
  args.map((argument) => (argument.startsWith(FILE) ? FILE + REWRITTEN : argument)),
  { stdio: 'inherit' },
);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => prometheus.kill(signal));
}
const [code] = await once(prometheus, 'exit');
process.exit(code ?? 1);
