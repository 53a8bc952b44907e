/**
 * Reports on standard output that a process serves, regardless of its log level: as text on a terminal, else as a line of
 * JSON in the log's format, for log collectors.
 */
export function logServing(service: string, url: string, facts: Readonly<Record<string, string>> = {}): void {
  const line = process.stdout.isTTY
    ? [service.padEnd(12), url, ...Object.entries(facts).map((fact) => `  ${fact.join(' ')}`)].join(' ')
    : JSON.stringify({ level: 'info', time: new Date(), service, url, ...facts, msg: 'serving' });
  process.stdout.write(`${line}\n`);
}
