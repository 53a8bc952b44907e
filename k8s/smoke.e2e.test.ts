import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type System, startEmbedded } from '@airline/e2e/system';
import { services } from '@airline/schema/events';
import { listen, startChild, tempFolder, until } from '@airline/testing';
import { identityEnv, tokenFor } from '@airline/testing/identity';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { root } from './checks/kubectl.ts';

/** Forwards nothing, as the router listens on that port itself; ends on SIGTERM. */
const KUBECTL = `#!/bin/bash
sleep 60 >/dev/null 2>&1 &
trap 'kill $!; echo "kubectl ended" >>"$CALLS"; exit' TERM
echo "kubectl $*" >>"$CALLS"
wait`;
/** Itself, once that has begun. */
const CURL = `#!/bin/sh
until grep -qs ^kubectl "$CALLS"; do sleep 0.01; done
echo "curl $*" >>"$CALLS"
PATH=\${PATH#*:} exec curl "$@"`;

let system: System;
beforeAll(async () => {
  const hosts = { HOST: 'localhost', ALLOWED_HOSTS: 'airline.example.com,localhost' };
  system = await startEmbedded({ ...identityEnv, ...hosts });
});
afterAll(() => system[Symbol.asyncDispose]());
const routerPort = () => new URL(system.url).port;

const supergraph = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8');
/** The subgraph that a field of a query is of. */
const ownerOf = (field: string) =>
  new RegExp(`^  ${field}\\b.*@join__field\\(graph: (\\w+)`, 'm').exec(supergraph)?.[1]?.toLowerCase();

async function smoke(SMOKE_PORT: string, env: Readonly<Record<string, string>> = {}) {
  const { path: folder, ...temporary } = await tempFolder();
  onTestFinished(() => temporary[Symbol.asyncDispose]());
  const [bin, CALLS] = [join(folder, 'bin'), join(folder, 'calls')];
  await mkdir(bin);
  for (const [name, script] of Object.entries({ kubectl: KUBECTL, curl: CURL })) {
    await writeFile(join(bin, name), script);
    await chmod(join(bin, name), 0o755);
  }
  await using child = startChild(join(root, 'infra/system/delivery/smoke'), [], {
    env: { ...env, SMOKE_PORT, CALLS, PATH: `${bin}:${process.env.PATH}` },
  });
  const ended = await child.ended;
  const calls = () => readFileSync(CALLS, 'utf8');
  await until('nothing is forwarded any more', () => calls().includes('kubectl ended'));
  return { ...ended, calls: calls() };
}

test('a router that has an issuer and limits its hosts passes without a token, by what is public', async () => {
  const { exit, stderr, stdout, calls } = await smoke(routerPort());
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(stdout).toContain('{"data":{"flights":');
  expect(calls).toContain(`kubectl --namespace airline port-forward service/router ${routerPort()}:http`);
});

test('with a token every subgraph is asked, and no argument holds it', async () => {
  const SMOKE_TOKEN = await tokenFor({ subject: 'pipeline', roles: ['staff'] });
  const { exit, stderr, stdout, calls } = await smoke(routerPort(), { SMOKE_TOKEN });
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  const [, response = ''] = /^The router returned: (.*)$/m.exec(stdout) ?? [];
  const asked = Object.keys(JSON.parse(response).data).map((field) => ownerOf(field));
  expect(
    services.filter((name) => !asked.includes(name)),
    'each subgraph is asked: add a field of its Query, which staff may see, to infra/system/delivery/smoke',
  ).toEqual([]);
  expect(calls + stdout).not.toContain(SMOKE_TOKEN);
});

test('a token that has expired fails', async () => {
  const SMOKE_TOKEN = await tokenFor({ subject: 'pipeline', roles: ['staff'], expiresIn: -3600 });
  const { exit, stderr } = await smoke(routerPort(), { SMOKE_TOKEN });
  expect(exit).toBe(1);
  expect(stderr).toContain('401');
  expect(stderr).toContain('SMOKE_TOKEN, or it has expired');
});

const READY = '{"status":"ready"}';
test.each([
  ['has refused the supergraph', [200, '{"status":"degraded"}'], [200, '{}'], 'not serve what was deployed'],
  ['is no router', [404, ''], [404, ''], 'not ready, or port'],
  ['refuses the query', [200, READY], [403, ''], 'The router refused the query.'],
  ['returns errors', [200, READY], [200, '{"data":{},"errors":[{}]}'], 'not return all of the data'],
  ['returns no data', [200, READY], [200, '{"data":null}'], 'not return all of the data'],
] as const)('a router that %s fails', async (_, readiness, result, said) => {
  const server = createServer((request, response) => {
    const [status, body] = request.url === '/health/ready' ? readiness : result;
    response.writeHead(status).end(body);
  });
  const port = await listen(server);
  onTestFinished(() => void server.close());
  const { exit, stderr } = await smoke(String(port));
  expect(exit).toBe(1);
  expect(stderr).toContain(said);
});
