/**
 * Tells on standard output that a process serves, whatever the level of its log: in words on a terminal, else as a line of JSON
 * like those of the log, so that whoever collects them finds nothing else.
 */
export function tellServing(
  service: string,
  url: string,
  facts: Readonly<Record<string, string>> = {},
): void {
  const told = process.stdout.isTTY
    ? [service.padEnd(12), url, ...Object.entries(facts).map((fact) => `  ${fact.join(' ')}`)].join(' ')
    : JSON.stringify({ level: 'info', time: new Date(), service, url, ...facts, msg: 'serving' });
  process.stdout.write(`${told}\n`);
}
