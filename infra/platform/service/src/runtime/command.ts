import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What a command takes: `parseArgs`' own options, and what people read of them. */
export interface CommandConfig extends ParseArgsConfig {
  /** Begins with "Usage: npm run …". */
  readonly usage: string;
  /** The whole numbers among the options, by name: the least, and the most. */
  readonly numbers?: Readonly<Record<string, readonly [from: number, to?: number]>>;
}

/**
 * The options of a command. `--help` prints its usage and ends the process; what is not one of its forms ends it with a sentence, the
 * usage and exit code 1.
 */
export function command<Config extends CommandConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  const { usage, numbers = {} } = config;
  const { args = process.argv.slice(2) } = config;
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    const parsed = parseArgs<Config>({ ...config, args });
    for (const [name, range] of Object.entries(numbers)) refuseOutside(name, parsed.values, range);
    return parsed;
  } catch (error) {
    return endWithUsage(error instanceof Error ? error.message : String(error), usage);
  }
}

/** Ends a command whose arguments are not one of its forms. */
export function endWithUsage(reason: string, usage: string): never {
  process.stderr.write(`${reason}\n${usage}\n`);
  process.exit(1);
}

function refuseOutside(
  name: string,
  values: object,
  [from, to = Number.MAX_SAFE_INTEGER]: readonly [number, number?],
) {
  const value: unknown = Reflect.get(values, name);
  if (value === undefined) return;
  const number = Number(value);
  if (String(value).trim() !== '' && Number.isInteger(number) && number >= from && number <= to) return;
  const most = to === Number.MAX_SAFE_INTEGER ? 'up' : `to ${to}`;
  throw new Error(`--${name} is "${value}"; expected a whole number from ${from} ${most}.`);
}
