import { createInterface } from 'node:readline';

// Runs in the cluster: forwards requests that come as lines of JSON, `{"id": 1, "headers": {}, "body": "…"}`, and prints the
// responses. Its first line says that it is ready.

interface ForwardedRequest {
  readonly id: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const { url }: { url: string } = JSON.parse(process.argv[2] ?? '');
const print = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);

print({ id: 0, status: 200, body: '' });
for await (const line of createInterface({ input: process.stdin })) {
  void forward(JSON.parse(line));
}

async function forward({ id, headers, body }: ForwardedRequest): Promise<void> {
  try {
    const signal = AbortSignal.timeout(30_000);
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    print({ id, status: response.status, body: await response.text() });
  } catch (error) {
    // `fetch` says in `cause` what was wrong with the connection.
    const cause = error instanceof Error ? error.cause : undefined;
    const errors = [{ message: `No response: ${error} ${cause ?? ''}` }];
    print({ id, status: 502, body: JSON.stringify({ errors }) });
  }
}
