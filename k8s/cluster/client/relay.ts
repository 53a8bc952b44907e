import { createInterface } from 'node:readline';

// Runs in the cluster: sends on what comes as lines of JSON, `{"id": 1, "body": "…"}`, and prints the answers. Its first line
// says that it is there.

const { url } = JSON.parse(process.argv[2] as string) as { url: string };
const print = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);

print({ id: 0, status: 200, body: '' });
for await (const line of createInterface({ input: process.stdin })) {
  const { id, body } = JSON.parse(line) as { id: number; body: string };
  void sendOn(id, body);
}

async function sendOn(id: number, body: string): Promise<void> {
  try {
    const signal = AbortSignal.timeout(30_000);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    print({ id, status: response.status, body: await response.text() });
  } catch (error) {
    const { message, cause } = error as Error;
    const errors = [{ message: `No answer: ${message} ${cause instanceof Error ? cause.message : ''}` }];
    print({ id, status: 502, body: JSON.stringify({ errors }) });
  }
}
