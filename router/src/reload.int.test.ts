import { rename, rm } from 'node:fs/promises';
import { recording } from '@airline/observability/recorded-lines';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { compose, routerOver, startSubgraphs, supergraphFile } from './router.fixture.ts';
import { SupergraphFile, type SupergraphFileOptions } from './supergraph/supergraph-file.ts';

async function startAll() {
  const { flight, payment } = await startSubgraphs();
  const urls = { flight: flight.url, payment: payment.url };
  const file = await supergraphFile(compose(urls));
  return { urls, file, ...(await routerOver(file.path)) };
}

const waiting = { timeout: 20_000, interval: 20 };

describe('a new supergraph file', () => {
  test('is served without one failed request, again and again', async () => {
    const { urls, file, query } = await startAll();
    expect((await query('{ flight(id: "1") { gate } }')).status).toBe(400);

    let stop = false;
    let responses = 0;
    const failures: unknown[] = [];
    const expected = JSON.stringify({
      data: { flights: [1, 2, 3].map((n) => ({ id: `${n}`, revenue: n * 100 })) },
    });
    const clients = Array.from({ length: 8 }, async () => {
      while (!stop) {
        const response = await query('{ flights { id revenue } }').catch((error: Error) => error);
        if (response instanceof Error || JSON.stringify(response.body) !== expected) failures.push(response);
        responses += 1;
      }
    });

    const versions = [compose(urls, ', gate: String'), compose(urls)];
    for (let round = 0; round < 8; round++) {
      const before = responses;
      await file.replace(versions[round % 2] ?? '');
      await vi.waitFor(async () => {
        const { status, body } = await query('{ flight(id: "1") { gate } }');
        expect(status).toBe(round % 2 === 0 ? 200 : 400);
        if (round % 2 === 0) expect(body).toEqual({ data: { flight: { gate: 'A1' } } });
      }, waiting);
      await vi.waitUntil(() => responses > before + 40, waiting);
    }
    stop = true;
    await Promise.all(clients);
    expect(failures).toEqual([]);
  });

  test.each([
    ['empty', () => ''],
    ['cut short', (whole: string) => whole.slice(0, whole.length / 2)],
    ['no supergraph', () => 'type Query { a: Int }'],
    ['without a URL', (whole: string) => whole.replace(/url: "http[^"]*"/, 'url: "nothing"')],
  ])(
    'that is %s leaves the one before in use, and is named in the log and by readiness',
    async (_case, broken) => {
      const { urls, file, query, lines, origin } = await startAll();
      await file.replace(broken(compose(urls, ', gate: String')));
      await vi.waitFor(() => expect(lines.some((line) => line.level === 'error')).toBe(true), waiting);
      expect(lines.filter((line) => line.level === 'error')).toEqual([
        expect.objectContaining({
          file: file.path,
          fault: expect.any(String),
          msg: expect.stringContaining('still in use'),
        }),
      ]);
      expect((await query('{ flight(id: "1") { code revenue } }')).body).toEqual({
        data: { flight: { code: 'KE1', revenue: 100 } },
      });
      const degraded = await fetch(`${origin}/health/ready`);
      expect(degraded.status).toBe(200);
      expect(await degraded.json()).toMatchObject({
        status: 'degraded',
        checks: { supergraph: { ok: false } },
      });

      await file.overwrite(compose(urls, ', gate: String'));
      await vi.waitFor(
        async () => expect((await query('{ flight(id: "1") { gate } }')).status).toBe(200),
        waiting,
      );
      expect(await (await fetch(`${origin}/health/ready`)).json()).toMatchObject({ status: 'ready' });
    },
  );

  test('is found by polling where the folder reports no changes', async () => {
    const { path, replace } = await supergraphFile('first');
    const { updates, lines } = await watchFile({ file: path, pollMs: 10, quietMs: never });
    await replace('second');
    await vi.waitFor(() => expect(updates).toEqual(['first', 'second']), waiting);
    expect(lines.map(({ msg }) => msg)).toEqual(['loaded a new supergraph']);
  });

  test('that comes back as it was is no longer a fault', async () => {
    const { path } = await supergraphFile('first');
    const { watched } = await watchFile({ file: path, pollMs: 10, quietMs: never });
    await rename(path, `${path}.away`);
    await vi.waitFor(() => expect(watched.fault).toContain('ENOENT'), waiting);
    await rename(`${path}.away`, path);
    await vi.waitFor(() => expect(watched.fault).toBeUndefined(), waiting);
  });

  test('that cannot be read for a while is taken once it can', async () => {
    const { path, replace } = await supergraphFile('first');
    const { updates, lines, watched } = await watchFile({ file: path, pollMs: 10, quietMs: never });
    await rm(path);
    await vi.waitFor(() => expect(watched.fault).toContain('ENOENT'), waiting);
    await replace('second');
    await vi.waitFor(() => expect(updates).toEqual(['first', 'second']), waiting);
    expect(watched.fault).toBeUndefined();
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
});

/** Longer than any test runs. */
const never = 600_000;

/** Watches a file as the gateway would, and keeps each text that it is given. */
async function watchFile(options: Omit<SupergraphFileOptions, 'logger'>) {
  const { logger, lines } = recording();
  const watched = new SupergraphFile({ ...options, logger });
  const updates: string[] = [];
  const { cleanup } = await watched.initialize({
    update: (sdl) => void updates.push(sdl),
    healthCheck: async () => {},
    getDataSource: () => expect.unreachable(),
  });
  onTestFinished(async () => cleanup?.());
  return { watched, updates, lines };
}
