import { launchBrowser, type TestBrowser, until } from '@airline/testing';
import type { Page } from 'playwright-core';
import { type System, startEmbedded } from '../system.ts';

/** How long a page may take to show something, on a machine that is busy with other things. */
export const SOON = { timeout: 20_000 } as const;

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

/** `forced`: a reader's own; Chromium pretends to have some on a light ground alone, where it has links stand out. */
export type Colors = 'light' | 'dark' | 'forced';

/**
 * Has a page wear colors, without motion, and waits until all of it does and nothing of it is loading: what looks at colors in
 * between finds those of two schemes beside each other.
 */
export async function wear(page: Page, colors: Colors): Promise<void> {
  const colorScheme = colors === 'dark' ? 'dark' : 'light';
  const forcedColors = colors === 'forced' ? 'active' : 'none';
  await page.emulateMedia({ colorScheme, forcedColors, reducedMotion: 'reduce' });
  await until(`the page is ${colors} and at rest`, () =>
    page.evaluate<boolean>(`
      [undefined, '${colorScheme}'].includes(document.documentElement.dataset.mantineColorScheme) &&
        document.querySelector('[aria-busy=true]') === null &&
        document.getAnimations().every(({ playState }) => playState !== 'running')
    `),
  );
}
