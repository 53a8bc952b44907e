import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startTelemetry, type TracesConfig } from './index.ts';
import { recording } from './recorded-lines.ts';

/** A collector that responds with a status. */
async function collector(status = 200) {
  const bodies: string[] = [];
  const reply = { status };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.writeHead(reply.status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { bodies, reply, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const traces = (endpoint: string, but: Partial<TracesConfig> = {}): TracesConfig => ({
  endpoint,
  sampler: 'parentbased_always_on',
  samplerArgument: 1,
  batchDelayMs: 10,
  ...but,
});

test('sends spans in batches, with the name of their service', async () => {
  const { bodies, endpoint } = await collector();
  const telemetry = await startTelemetry({ service: 'flight', traces: traces(endpoint), ...recording() });
  await telemetry.tracing.run('hold seats', {}, async () => {});
  await vi.waitFor(() => expect(bodies.join()).toContain('hold seats'));
  expect(bodies[0]).toContain('{"key":"service.name","value":{"stringValue":"flight"}}');
  await telemetry.close();
});

test('sends what is left when it is closed', async () => {
  const { bodies, endpoint } = await collector();
  const config = traces(endpoint, { batchDelayMs: 60_000 });
  const telemetry = await startTelemetry({ service: 'flight', traces: config, ...recording() });
  await telemetry.tracing.run('last words', {}, async () => {});
  expect(bodies).toEqual([]);
  await telemetry.close();
  expect(bodies.join()).toContain('last words');
});

test('uses the configured sampler', async () => {
  const { bodies, endpoint } = await collector();
  const config = traces(endpoint, { sampler: 'parentbased_traceidratio', samplerArgument: 0 });
  const telemetry = await startTelemetry({ service: 'flight', traces: config, ...recording() });
  await telemetry.tracing.run('left out', {}, async () => {});
  const asked = `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01`;
  await telemetry.tracing.run('asked for', { parent: asked }, async () => {});
  await telemetry.close();
  expect(bodies.join()).toContain('asked for');
  expect(bodies.join()).not.toContain('left out');
});

test('logs once that a collector does not take them, and when it does again', async () => {
  const { bodies, reply, endpoint } = await collector(400);
  const { logger, lines } = recording();
  const telemetry = await startTelemetry({ service: 'flight', traces: traces(endpoint), logger });
  for (let sent = 1; sent <= 3; sent += 1) {
    await telemetry.tracing.run('lost', {}, async () => {});
    await vi.waitFor(() => expect(bodies).toHaveLength(sent));
  }
  reply.status = 200;
  await vi.waitFor(async () => {
    await telemetry.tracing.run('found', {}, async () => {});
    expect(lines.at(-1)).toMatchObject({ msg: 'trace export works again' });
  });
  await telemetry.close();
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

/** Runs a line with what loads the SDK being refused. */
async function withoutSdk(traceConfig: string): Promise<string> {
  const hooks = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(name, context, next) {
      if (name.startsWith('@opentelemetry/') && name !== '@opentelemetry/api') throw new Error('loads ' + name);
      return next(name, context);
    } });`;
  const index = JSON.stringify(new URL('./index.ts', import.meta.url).href);
  const program = `const { createLogger, startTelemetry } = await import(${index});
    const logger = createLogger({ service: 'flight', level: 'silent', pretty: false });
    await startTelemetry({ service: 'flight', logger, traces: ${traceConfig} });
    console.log('started');`;
  const data = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
  const command = ['--import', data(hooks), '--input-type=module', '--eval', program];
  return await promisify(execFile)(process.execPath, command).then(
    ({ stdout }) => stdout.trim(),
    ({ stderr }: { stderr: string }) => /loads @opentelemetry\S+/.exec(stderr)?.[0] ?? stderr,
  );
}

test('loads nothing of OpenTelemetry but its API while traces are off', async () => {
  expect(await withoutSdk('undefined')).toBe('started');
  // The control: with traces on, the same refusal is met.
  expect(await withoutSdk(JSON.stringify(traces('http://127.0.0.1:1')))).toMatch(/^loads @opentelemetry\//);
});
