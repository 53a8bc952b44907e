import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { freePort } from './free-port.ts';

describe('a free port', () => {
  test('differs for each call', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    expect(new Set(ports).size).toBe(20);
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
