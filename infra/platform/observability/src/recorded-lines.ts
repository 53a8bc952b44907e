import { createLogger, type LogLevel } from './logger.ts';

/** A logger whose lines a test can read. */
export function recording(level: LogLevel = 'info') {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { lines, logger: createLogger({ service: 'test', level, pretty: false, destination }) };
}
