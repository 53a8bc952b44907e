import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { recording } from '@airline/observability/recorded-lines';
import { startChild, tempFolder } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Health } from './health.ts';
import { serveWithHealth } from './health-server.ts';
import { portOf } from './listening.ts';

const script = new URL('./blocked-loop.fixture.ts', import.meta.url).pathname;
const within = { timeout: 30_000 };
const at = (port: number | string | undefined, path: string) => `http://127.0.0.1:${port}${path}`;

async function ask(port: number | string | undefined, path: string, method = 'GET') {
  const response = await fetch(at(port, path), { method });
  return { code: response.status, body: await response.text() };
}

/** A process whose event loop can be blocked. */
async function startProcess(...limit: string[]) {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const release = join(folder.path, 'release');
  const child = startChild(process.execPath, [script, release, ...limit]);
  onTestFinished(() => child[Symbol.asyncDispose]());
  const portIn = async (msg: string) => (await child.printed(new RegExp(`"port":(\\d+),"msg":"${msg}"`)))[1];
  const port = await portIn('serving health');
  const own = await portIn('serving');
  await expect
    .poll(() => ask(port, '/health/ready'), within)
    .toEqual({ code: 200, body: '{"status":"ready"}' });
  const block = async () => {
    child.signal('SIGUSR2');
    await child.printed(/blocked/);
  };
  return { ...child, port, own, block, release: () => writeFileSync(release, '') };
}

describe('while the event loop is blocked', () => {
  test('health responds on its own port, where the port of the server responds only afterwards', async () => {
    const { port, own, block, release } = await startProcess();
    await block();
    let isServed = false;
    const served = ask(own, '/').then((response) => {
      isServed = true;
      return response;
    });
    for (let asked = 0; asked < 50; asked += 1) {
      expect(await ask(port, '/health/live')).toEqual({ code: 200, body: '{"status":"live"}' });
      expect(await ask(port, '/health/ready')).toEqual({ code: 200, body: '{"status":"ready"}' });
    }
    expect(isServed).toBe(false);
    release();
    expect((await served).body).toBe('free');
  });

  test('it is hung after the limit, and says so, until the loop turns again', async () => {
    const { port, block, release } = await startProcess('2000');
    await block();
    const hung = { code: 503, body: expect.stringMatching(/^{"status":"hung","detail":"its event loop has/) };
    await expect.poll(() => ask(port, '/health/live'), within).toEqual(hung);
    expect(await ask(port, '/health/ready')).toEqual(hung);
    release();
    await expect.poll(() => ask(port, '/health/live'), within).toMatchObject({ code: 200 });
  });
});

test('a thread that ends by itself ends the process, with the reason', async () => {
  const child = await startProcess();
  child.signal('SIGHUP');
  expect(await child.ended).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('The thread that serves HEALTH_PORT has ended'),
  });
});

/** A server that starts and closes when the test says so, with health on a port of its own. */
async function serve(port = 0) {
  const { logger, lines } = recording('info');
  const health = new Health({ logger });
  const starting = Promise.withResolvers<void>();
  const closing = Promise.withResolvers<void>();
  const options = { name: 'flight', host: '127.0.0.1', port, health, logger };
  const serving = serveWithHealth(options, async () => {
    await starting.promise;
    return { close: () => closing.promise };
  });
  const listening = () => lines.find(({ msg }) => msg === 'serving health')?.port;
  await Promise.race([serving, expect.poll(listening, within).toBeDefined()]);
  return { health, serving, port: Number(listening()), start: starting.resolve, closed: closing.resolve };
}

describe('readiness on its own port', () => {
  test('begins when the server serves, follows its checks without details, and ends with the begin of the shutdown', async () => {
    const { health, serving, port, start, closed } = await serve();
    expect(await ask(port, '/health/live')).toMatchObject({ code: 200 });
    expect(await ask(port, '/health/ready')).toEqual({ code: 503, body: '{"status":"unavailable"}' });
    start();
    const server = await serving;
    const ready = (code: number, status: string) =>
      expect
        .poll(() => ask(port, '/health/ready'), within)
        .toEqual({ code, body: JSON.stringify({ status }) });
    await ready(200, 'ready');
    let isWell = false;
    health.register({ name: 'database', kind: 'required', check: () => ({ ok: isWell, detail: 'down' }) });
    await ready(503, 'unavailable');
    isWell = true;
    await ready(200, 'ready');
    const over = server.close();
    expect(await ask(port, '/health/ready')).toEqual({ code: 503, body: '{"status":"shutting down"}' });
    expect(await ask(port, '/health/live')).toMatchObject({ code: 200 });
    closed();
    await over;
    await expect(ask(port, '/health/live')).rejects.toThrow();
  });

  test('is for GET and HEAD, and all else is 404', async () => {
    const { serving, port, start, closed } = await serve();
    start();
    expect(await ask(port, '/health/live?probe', 'HEAD')).toEqual({ code: 200, body: '' });
    expect(await ask(port, '/health/live', 'POST')).toMatchObject({ code: 404 });
    expect(await ask(port, '/graphql')).toMatchObject({ code: 404 });
    closed();
    await (await serving).close();
  });

  test('names the variable when its port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await expect.poll(() => taken.listening).toBe(true);
    onTestFinished(() => void taken.close());
    await expect(serve(portOf(taken))).rejects.toThrow(
      /The flight health server cannot start: port \d+ on 127.0.0.1 is in use. Set HEALTH_PORT/,
    );
  });

  test('ends with a server that does not start', async () => {
    const { logger, lines } = recording('info');
    const options = { name: 'flight', host: '127.0.0.1', port: 0, health: new Health({ logger }), logger };
    const failing = serveWithHealth(options, () => Promise.reject(new Error('no start')));
    await expect(failing).rejects.toThrow('no start');
    await expect(ask(Number(lines[0]?.port), '/health/live')).rejects.toThrow();
  });
});
