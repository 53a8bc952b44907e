import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

// The client pod's first process, which the tests reach through the API server, each time with a request of its own: a stream
// of hours through kubectl does not last. `POST /graphql` is forwarded to the gateway; `POST /start/book` with options in
// JSON starts that program and returns its id; `/last/<id>` returns the line it printed last; `/end/<id>` ends its input and
// returns its last line when it has ended.

interface Running {
  last: string;
  /** Ends its input; resolves with its exit code. */
  end(): Promise<number | null>;
}

const [url = ''] = process.argv.slice(2);
const running: Running[] = [];

function start(program: string, options: string): Running {
  const file = join(import.meta.dirname, `${program}.mjs`);
  const child = spawn(process.execPath, [file, options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const started: Running = {
    last: '',
    end: async () => {
      child.stdin.end();
      await closed;
      return child.exitCode;
    },
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    started.last = line;
  });
  return started;
}

async function forward({ headers }: IncomingMessage, body: string): Promise<[status: number, body: string]> {
  const { traceparent } = headers;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(typeof traceparent === 'string' && { traceparent }),
    },
    body,
    signal: AbortSignal.timeout(30_000),
  });
  return [response.status, await response.text()];
}

async function serve(request: IncomingMessage): Promise<[status: number, body: string]> {
  const [, action = '', name = ''] = (request.url ?? '').split('/');
  const body = await text(request);
  if (action === 'graphql') return await forward(request, body);
  if (action === 'start') return [200, String(running.push(start(name, body)) - 1)];
  const program = running[Number(name)];
  if (!program) return [404, ''];
  if (action === 'last') return [200, program.last];
  const code = await program.end();
  return code === 0 ? [200, program.last] : [500, `it ended with ${code}`];
}

createServer(async (request, response) => {
  try {
    const [status, body] = await serve(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  } catch (error) {
    // `fetch` says in `cause` what was wrong with the connection.
    const cause = error instanceof Error ? error.cause : undefined;
    const errors = [{ message: `No response: ${error} ${cause ?? ''}` }];
    response.writeHead(502, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }));
  }
}).listen(8080);
