import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { envVar } from './env-var.ts';
import { telemetryVariables } from './telemetry-config.ts';

const PACKAGE = join(import.meta.dirname, '../../../../../package.json');

/** The version that a process reports of itself. */
export function versionOf({
  SERVICE_VERSION: version,
}: {
  readonly SERVICE_VERSION?: string | undefined;
}): string {
  // The repository's own file.
  return version ?? (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string }).version;
}

/** The variables of every server process: where it listens, how it ends, its log and telemetry. */
export const serverVariables = {
  HOST: envVar.text.default('127.0.0.1').describe('The address it listens on.'),
  SUBGRAPH_SECRET: envVar.secret
    .optional()
    .describe(
      'The secret by which the router signs its requests, and without whose signature subgraphs refuse any.',
    ),
  ALLOWED_HOSTS: envVar.hosts
    .optional()
    .describe(
      'Hosts that requests may name, separated by commas, each with a port or for all; `*` for any. Default: `localhost`, `127.0.0.1` and `[::1]` where HOST is one of them, else any. `/health/` is served for any.',
    ),
  OPEN: envVar.boolean
    .default(false)
    .describe(
      'Whether a server that does not ask who its callers are may listen where other machines reach it.',
    ),
  DRAIN_MS: envVar
    .integer(0, 60_000)
    .default(0)
    .describe('How long it continues to serve after SIGTERM, so that clients close their connections.'),
  LOG_LEVEL: envVar.logLevel.default('info').describe('The lowest level of log lines that are written.'),
  SERVICE_VERSION: envVar.text
    .optional()
    .describe(
      'The version that it reports of itself to operators; default that of package.json. Images have their tag.',
    ),
  ...telemetryVariables,
} satisfies z.ZodRawShape;
