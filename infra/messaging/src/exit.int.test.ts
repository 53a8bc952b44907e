import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort, requires } from '@airline/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useRedis } from './redis/redis.fixture.ts';

const script = new URL('./exit.fixture.ts', import.meta.url).pathname;

/** Runs the fixture to its end, which it has to find by itself. */
async function outcome(url: string, when: string) {
  const child = spawn(process.execPath, [script, url, when], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

const ended = { code: 0, output: 'closed' };

describe('a process that has closed all that it started', () => {
  it('ends by itself on the embedded transport', async () => {
    expect(await outcome('embedded', 'after delivery')).toEqual(ended);
  });

  it.each(['at once', 'after a failure'])('ends by itself without a Redis: %s', async (when) => {
    expect(await outcome(`redis://127.0.0.1:${await freePort()}`, when)).toEqual(ended);
  });
});

describe('a process on Redis that has closed all that it started', requires('redis-server').options, () => {
  const redis = useRedis();

  it.each(['at once', 'after delivery'])('ends by itself: %s', async (when) => {
    expect(await outcome(redis.server().url, when)).toEqual(ended);
  });

  it('ends by itself when Redis does not answer', async () => {
    redis.server().pause();
    onTestFinished(() => redis.server().resume());
    expect(await outcome(redis.server().url, 'at once')).toEqual(ended);
  });
});
