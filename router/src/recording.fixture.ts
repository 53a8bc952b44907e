import { createLogger } from '@airline/observability';

/** A logger, and the lines that it has written. */
export function recording(level: 'debug' | 'info' | 'warn' = 'debug') {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { lines, logger: createLogger({ service: 'test', level, pretty: false, destination }) };
}
