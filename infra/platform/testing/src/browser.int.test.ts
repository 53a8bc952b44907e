import { createServer, type Server } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { launchBrowser } from './browser.ts';
import { listen } from './listen.ts';
import { requires } from './requirement.ts';
import { until } from './until.ts';

const POLICY = "default-src 'self'; connect-src *; script-src 'self' 'unsafe-inline'";

/** A server of these pages, with an echo for WebSockets; returns its origin. */
async function serve(pages: Readonly<Record<string, string>>): Promise<string> {
  const server: Server = createServer(({ url = '' }, response) => {
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    const cors = { 'access-control-allow-origin': '*' };
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY, ...cors });
    response.end(pages[url]);
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (text) => socket.send(`${text}!`)));
  const port = await listen(server);
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

describe('the record of a page', requires('chromium').options, () => {
  test('has its requests and those of its workers, its sockets, and whatever it says is wrong', async () => {
    const elsewhere = await serve({});
    const origin = await serve({
      '/': `<script>
        new Worker('/worker.js');
        const socket = new WebSocket(location.href.replace('http', 'ws'));
        socket.onopen = () => socket.send('hello');
        socket.onmessage = () => { throw new Error('unexpected'); };
        new Image().src = '${elsewhere}/refused.png';
      </script>`,
      '/worker.js': `fetch('${elsewhere}/from-worker');`,
    });
    await using browser = await launchBrowser();
    const { page, recording } = await browser.newPage();
    await page.goto(origin);
    await until('all of it is recorded', () => {
      const isWorkerRecorded = recording.foreignTo(origin).includes(`${elsewhere}/from-worker`);
      return isWorkerRecorded && recording.errors.length >= 2;
    });
    expect(recording.foreignTo(elsewhere)).toContain(`${origin.replace('http', 'ws')}/`);
    expect(recording.requests[0]).toEqual({ method: 'GET', url: `${origin}/`, type: 'document' });
    expect(recording.sockets).toMatchObject([{ sent: ['hello'], received: ['hello!'] }]);
    expect(recording.errors.join('\n')).toMatch(/Content Security Policy/);
    expect(recording.errors.join('\n')).toMatch(/Error: unexpected/);
  });

  test('ends when the pages are closed, also with requests that a test still holds back', async () => {
    const origin = await serve({ '/': `<script>fetch('/held')</script>` });
    await using browser = await launchBrowser();
    const { page, recording } = await browser.newPage();
    const held = Promise.withResolvers<void>();
    await page.route('**/held', async (route) => {
      await held.promise;
      await route.fulfill({ response: await route.fetch() });
    });
    await page.goto(origin);
    await until('it is held back', () => recording.requests.some(({ url }) => url.endsWith('/held')));
    await browser.closePages();
    expect(page.isClosed()).toBe(true);
    // Errors of what was held back are not the next test's.
    held.resolve();
    await (await browser.newPage()).page.goto(origin);
  });
});
