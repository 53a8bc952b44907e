import { type Recording, until } from '@airline/testing';
import type { Page } from 'playwright-core';

/** The page's clock stops short of what its socket takes for silence. */
const STEP_MS = 4_000;

/** What a page asks by HTTP, and what it would ask if time passed: for one whose clock `page.clock.install()` replaced. */
export function networkOf(page: Page, { sockets }: Recording) {
  const operations: string[] = [];
  let inFlight = 0;
  page.on('request', (request) => {
    inFlight += 1;
    // Chromium takes the page's icon from its cache again at each address.
    if (new URL(request.url()).pathname.startsWith('/assets/icon')) return;
    const body = request.method() === 'POST' ? (request.postData() ?? '') : '';
    operations.push(/(?:query|mutation) (\w+)/.exec(body)?.[1] ?? `${request.method()} ${request.url()}`);
  });
  const ended = () => {
    inFlight -= 1;
  };
  page.on('requestfinished', ended).on('requestfailed', ended);

  /** The names of operations, and whatever else was asked for, since the last time that this was called. */
  const take = (): string[] => operations.splice(0);
  const pings = () =>
    countOf(
      sockets.flatMap(({ sent }) => sent),
      'ping',
    );
  const pongs = () =>
    countOf(
      sockets.flatMap(({ received }) => received),
      'pong',
    );

  /** Has the page's timers run as they would in this time, and the router respond to what they send. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await page.clock.runFor(Math.min(STEP_MS, ms - passed));
      await until('the router has responded to the page', () => inFlight === 0 && pongs() >= pings());
    }
  }

  return {
    take,
    pings,
    pass,
    /** Waits until the page has loaded all that it wants: some seconds bring no request. */
    settle: () =>
      until('the page asks for nothing more', async () => {
        await pass(3 * STEP_MS);
        return take().length === 0;
      }),
  };
}

const countOf = (frames: readonly string[], type: string): number =>
  frames.filter((frame) => frame.includes(`"type":"${type}"`)).length;
