import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findProgram } from './requirement.ts';

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** What it is for, as the browser says: document, script, fetch, … */
  readonly type: string;
}

export interface OpenedSocket {
  readonly url: string;
  /** Frames of text, in the order in which they went and came. */
  readonly sent: readonly string[];
  readonly received: readonly string[];
}

/** All that a page and its workers did since it was opened. */
export interface Recording {
  readonly requests: readonly SentRequest[];
  readonly sockets: readonly OpenedSocket[];
  /** What the page said is wrong: errors on the console, uncaught ones, and violations of its Content-Security-Policy. */
  readonly errors: readonly string[];
  /** Addresses that are not the origin's, HTTP's and WebSockets' alike. */
  foreignTo(origin: string): string[];
}

export interface RecordedPage {
  readonly page: Page;
  readonly recording: Recording;
}

export interface TestBrowser extends AsyncDisposable {
  /** An empty page with storage and cookies of its own, recorded from its first request on. */
  newPage(options?: BrowserContextOptions): Promise<RecordedPage>;
  /** For after a test: pages that are left open go on drawing all that those of later tests do. */
  closePages(): Promise<void>;
}

const ARGUMENTS = [
  // Containers run as root, where Chromium's sandbox does not start.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts this machine's Chromium without a window; tests that need it say `requires('chromium')`.
 * @param options.loopbackName a host name that leads to this machine, as an attacker's may
 */
export async function launchBrowser(options: { readonly loopbackName?: string } = {}): Promise<TestBrowser> {
  const executablePath = findProgram('chromium');
  if (executablePath === undefined) {
    throw new Error('chromium is not on PATH (on Debian: apt-get install chromium).');
  }
  // Loaded here, since most tests that import this package open no browser.
  const { chromium } = await import('playwright-core');
  const { loopbackName } = options;
  const rules = loopbackName === undefined ? [] : [`--host-resolver-rules=MAP ${loopbackName} 127.0.0.1`];
  const args = [...ARGUMENTS, ...rules];
  const browser: Browser = await chromium.launch({ executablePath, args, headless: true });
  return {
    newPage: async (options) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      return { page, recording: await record(page) };
    },
    closePages: async () => void (await Promise.all(browser.contexts().map(closeContext))),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function closeContext(context: BrowserContext): Promise<void> {
  // A test may still hold back what its pages asked for.
  const routed = [context, ...context.pages()];
  await Promise.all(routed.map((each) => each.unrouteAll({ behavior: 'ignoreErrors' })));
  await context.close();
}

async function record(page: Page): Promise<Recording> {
  const requests: SentRequest[] = [];
  const sockets: OpenedSocket[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    requests.push({ method: request.method(), url: request.url(), type: request.resourceType() });
  });
  page.on('websocket', (socket) => {
    const sent: string[] = [];
    const received: string[] = [];
    socket.on('framesent', ({ payload }) => sent.push(String(payload)));
    socket.on('framereceived', ({ payload }) => received.push(String(payload)));
    sockets.push({ url: socket.url(), sent, received });
  });
  // The browser reports violations on the console too, those of workers among them.
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  return {
    requests,
    sockets,
    errors,
    foreignTo: (origin) =>
      [...requests, ...sockets]
        .map(({ url }) => url)
        .filter((url) => !isOf(origin, url) && !/^(data|blob):/.test(url)),
  };
}

/** Whether a WebSocket's or another address is at an HTTP origin. */
function isOf(origin: string, url: string): boolean {
  return new URL(url.replace(/^ws/, 'http')).origin === new URL(origin).origin;
}
