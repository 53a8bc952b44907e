import { launchBrowser, type TestBrowser } from '@airline/testing';
import { type System, startEmbedded } from '../system.ts';

export interface Site extends AsyncDisposable {
  readonly system: System;
  readonly browser: TestBrowser;
  /** `http://127.0.0.1:…`, of the router and so of the pages. */
  readonly origin: string;
}

/** A whole system that serves its pages, built from the sources as they are, and a browser to look at them. */
export async function startSite(
  env: Readonly<Record<string, string>> = {},
  options: readonly string[] = [],
): Promise<Site> {
  await using starting = new AsyncDisposableStack();
  const system = starting.use(await startEmbedded(env, options));
  const browser = starting.use(await launchBrowser());
  const running = starting.move();
  return {
    system,
    browser,
    origin: new URL(system.url).origin,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
