import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';
import { activeTraceIds } from './trace-context.ts';

export type { Logger } from 'pino';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  /** Written into each line as `service`. */
  service: string;
  /** Lines below this level are dropped; `info` when left out. */
  level?: LogLevel;
  /** Lines for people rather than JSON; when left out, only if standard output is a terminal. */
  pretty?: boolean;
  /** Where lines go; standard output when left out. */
  destination?: DestinationStream;
}

const secretHeaders = ['authorization', 'Authorization', 'proxy-authorization', 'cookie', 'set-cookie'];
const headerHolders = ['', '*.', 'headers.', '*.headers.', '*.*.headers.'];

/** Every place where a logged object holds a header that must not reach a log, in pino's path syntax. */
const redactedPaths = headerHolders.flatMap((holder) =>
  secretHeaders.map((name) =>
    name.includes('-') ? `${holder.replace(/\.$/, '')}["${name}"]` : holder + name,
  ),
);

/** What was made of a logger by `child`, which keeps a level of its own otherwise. */
const descendants = new WeakMap<Logger, WeakRef<Logger>[]>();

/**
 * A pino logger: one JSON object a line, with `level` as a word, `time` in ISO 8601, `trace_id` and `span_id` of the
 * span that it is written within, and the values of authorization and cookie headers replaced by `[redacted]` down to
 * three objects deep. It writes synchronously, so that nothing is lost when the process exits right after a line.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { service, level = 'info', pretty: forPeople = process.stdout.isTTY === true } = options;
  const children: WeakRef<Logger>[] = [];
  const logger = pino(
    {
      level,
      mixin: () => activeTraceIds() ?? {},
      onChild: (child) => {
        // Those that are gone are let go of now and then.
        if (children.length >= FORGET_CHILDREN_AT) keepAlive(children);
        children.push(new WeakRef(child));
      },
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: '[redacted]' },
    },
    forPeople ? prettyStream(options.destination) : (options.destination ?? pino.destination({ sync: true })),
  );
  descendants.set(logger, children);
  return logger;
}

const FORGET_CHILDREN_AT = 1000;

function keepAlive(children: WeakRef<Logger>[]): void {
  const alive = children.filter((child) => child.deref());
  children.splice(0, children.length, ...alive);
}

/** Changes the level of a logger that `createLogger` has made, and of all its children. */
export function setLevel(logger: Logger, level: LogLevel): void {
  logger.level = level;
  for (const child of descendants.get(logger) ?? []) {
    const known = child.deref();
    if (known) known.level = level;
  }
}

function prettyStream(destination: DestinationStream | undefined): DestinationStream {
  const options = {
    sync: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'service',
    messageFormat: '{service}: {msg}',
  };
  if (destination === undefined) return pretty(options);
  const prettify = pretty.prettyFactory({ ...options, colorize: false });
  return { write: (line) => destination.write(prettify(JSON.parse(line))) };
}
