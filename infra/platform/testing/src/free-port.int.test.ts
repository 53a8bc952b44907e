import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startChild } from './child-process.ts';
import { freePort } from './free-port.ts';

describe('a free port', () => {
  test('differs for each call', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    expect(new Set(ports).size).toBe(20);
  });

  test('is of no other worker that runs at the same time', async () => {
    const script = `const { freePort } = await import('${import.meta.resolve('./free-port.ts')}'); console.log(await freePort());`;
    const partOf = async (VITEST_POOL_ID: string) => {
      const child = startChild(process.execPath, ['--input-type=module', '--eval', script], {
        env: { ...process.env, VITEST_POOL_ID },
      });
      return Math.floor((Number((await child.ended).stdout) - 11_000) / 3_000);
    };
    expect(await Promise.all(['1', '2', '3'].map(partOf))).toEqual([1, 2, 3]);
    expect(process.env.VITEST_POOL_ID).toMatch(/^[1-9]/);
  });

  test('is one without a listener, outside the ephemeral ports', async () => {
    const last = await freePort();
    const server = createServer().listen(last + 1, '127.0.0.1');
    await once(server, 'listening');
    try {
      const port = await freePort();
      expect(port).not.toBe(last + 1);
      expect(port).toBeLessThan(32_768);
    } finally {
      server.close();
    }
  });
});
