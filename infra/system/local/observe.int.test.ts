import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tempFolder } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { observe } from './observe.ts';

const observed = [
  { service: 'flight', url: 'http://127.0.0.1:4012/graphql' },
  { service: 'router', url: 'http://127.0.0.1:8088/graphql' },
];

/** An engine that notes how it is called, and what its configuration is then. @param program the script it is */
async function withEngine(name: string, program: string) {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const calls = join(folder.path, 'calls');
  const script = `#!/bin/sh\necho "$@" >> '${calls}'\n${program}\n`;
  if (name !== '') await writeFile(join(folder.path, name), script, { mode: 0o755 });
  const lines: string[] = [];
  const observing = await observe({
    observed,
    progress: (line) => lines.push(line),
    // Its shell is /bin/sh; nothing else is on the path.
    env: { PATH: folder.path },
  });
  const called = async () => (existsSync(calls) ? (await readFile(calls, 'utf8')).trim().split('\n') : []);
  return { observing, lines, called };
}

const json = async (file: string) => JSON.parse(await readFile(file, 'utf8'));

test.each(['docker', 'podman'])(
  '%s compose starts Prometheus and Grafana on the loopback, and ends them',
  async (engine) => {
    const { observing, lines, called } = await withEngine(engine, 'exit 0');
    expect(observing).toMatchObject({
      grafana: 'http://localhost:3000/',
      prometheus: 'http://127.0.0.1:9090/prometheus/',
    });
    expect(lines).toEqual([expect.stringContaining(`by ${engine}`)]);
    const [version, up = ''] = await called();
    expect(version).toBe('compose version');
    const file = /--file (\S+) --project-name airline-observe up --detach$/.exec(up)?.[1] ?? '';

    const { services } = await json(file);
    expect(services.prometheus).toMatchObject({
      image: expect.stringMatching(/^prom\/prometheus:v/),
      network_mode: 'host',
      command: expect.arrayContaining(['--web.listen-address=127.0.0.1:9090']),
    });
    expect(services.grafana).toMatchObject({
      image: expect.stringMatching(/^grafana\/grafana:/),
      network_mode: 'host',
      environment: { GF_SERVER_HTTP_ADDR: '127.0.0.1', GF_SERVER_ENFORCE_DOMAIN: 'true' },
    });
    const mounts: string[] = [...services.prometheus.volumes, ...services.grafana.volumes];
    const sources = mounts
      .map((mount) => mount.split(':')[0] ?? '')
      .filter((source) => source !== 'prometheus');
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    const { scrape_configs } = await json(join(dirname(file), 'prometheus.json'));
    expect(scrape_configs[0].static_configs).toEqual([
      { targets: ['127.0.0.1:4012'], labels: { service: 'flight', pod: 'flight' } },
      { targets: ['127.0.0.1:8088'], labels: { service: 'router', pod: 'router' } },
    ]);

    await observing?.[Symbol.asyncDispose]();
    expect((await called()).at(-1)).toMatch(/airline-observe down --volumes --timeout 3$/);
    expect(existsSync(file)).toBe(false);
  },
);

test('where there is no engine, a sentence says so', async () => {
  const { observing, lines } = await withEngine('', '');
  expect(observing).toBeUndefined();
  expect(lines).toEqual([
    'Prometheus and Grafana are not started: there is neither `docker compose` nor `podman compose`.',
  ]);
});

test('where the images cannot be had, a sentence says why, and nothing is left', async () => {
  const refuses = `case "$*" in *up*) echo 'no such image' >&2; exit 1;; esac`;
  const { observing, lines, called } = await withEngine('docker', refuses);
  expect(observing).toBeUndefined();
  expect(lines.at(-1)).toBe('Prometheus and Grafana are not started: no such image');
  expect((await called()).at(-1)).toContain('down --volumes');
});
