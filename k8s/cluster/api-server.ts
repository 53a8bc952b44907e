import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startKubectl } from './kubectl.ts';

export interface ApiServer extends AsyncDisposable {
  /** Sends a request to a path of the API. @throws Error with another status than 200 */
  call(path: string, body?: string): Promise<string>;
  /** The same; the caller reads the response, whatever its status. */
  open(options: RequestOptions, body?: string): Promise<IncomingMessage>;
}

/** Reaches the API server by `kubectl proxy`, through a Unix socket: the cluster may be in a network of its own. */
export async function openApiServer(): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'airline-api-'));
  const socketPath = join(folder, 'socket');
  const proxy = startKubectl(['proxy', `--unix-socket=${socketPath}`]);
  const exited = once(proxy, 'close');
  const [said] = await Promise.race([
    once(proxy.stdout, 'data'),
    exited.then(async () => [await text(proxy.stderr)]),
  ]);
  if (proxy.exitCode !== null) throw new Error(`kubectl proxy ended: ${said}`);
  const open: ApiServer['open'] = async (options, body) => {
    const sent = request({ socketPath, ...options });
    sent.end(body);
    const [response] = await once(sent, 'response');
    return response;
  };
  return {
    open,
    call: async (path, body) => {
      const response = await open({ path, method: body === undefined ? 'GET' : 'POST' }, body);
      const content = await text(response);
      if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${content}`);
      return content;
    },
    [Symbol.asyncDispose]: async () => {
      proxy.kill();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
