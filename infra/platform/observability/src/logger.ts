import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';
import { isAnnounced } from './outage.ts';
import { activeTraceIds } from './trace-context.ts';

export type { Logger } from 'pino';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  /** Written into each line as `service`. */
  service: string;
  /** Lines below this level are dropped; default `info`. */
  level?: LogLevel;
  /** Readable lines rather than JSON; default when standard output is a terminal. */
  pretty?: boolean;
  /** Where lines go; default standard output. */
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
 * three objects deep. Lines with the `err` of an outage that has its own line are of level debug. It writes synchronously, so that nothing is lost when the process exits right after a line.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { service, level = 'info', pretty: isPretty = process.stdout.isTTY === true } = options;
  const children: WeakRef<Logger>[] = [];
  const logger = pino(
    {
      level,
      mixin: () => activeTraceIds() ?? {},
      onChild: (child) => {
        // Children that were collected are dropped now and then.
        if (children.length >= PRUNE_CHILDREN_AT) pruneCollected(children);
        children.push(new WeakRef(child));
      },
      hooks: {
        logMethod(args, method) {
          const [fields]: readonly unknown[] = args;
          const isRepeated =
            typeof fields === 'object' && fields !== null && 'err' in fields && isAnnounced(fields.err);
          (isRepeated ? this.debug : method).apply(this, args);
        },
      },
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: '[redacted]' },
    },
    isPretty ? prettyStream(options.destination) : (options.destination ?? pino.destination({ sync: true })),
  );
  descendants.set(logger, children);
  return logger;
}

const PRUNE_CHILDREN_AT = 1000;

function pruneCollected(children: WeakRef<Logger>[]): void {
  const alive = children.filter((child) => child.deref());
  children.splice(0, children.length, ...alive);
}

/** Changes the level of a logger that `createLogger` has made, and of all its children. */
export function setLevel(logger: Logger, level: LogLevel): void {
  logger.level = level;
  for (const child of descendants.get(logger) ?? []) {
    const alive = child.deref();
    if (alive) alive.level = level;
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
