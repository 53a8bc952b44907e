import { readFile } from 'node:fs/promises';
import { type Logger, watchFile } from '@airline/observability';
import { StartError } from '@airline/service/server';
import type { SupergraphManager, SupergraphSdlUpdateFunction } from '@apollo/gateway';
import { forGateway } from './gateway-features.ts';

export interface SupergraphFileOptions {
  file: string;
  logger: Logger;
  /** Interval of readings without a reported change; default 5 seconds. */
  pollMs?: number;
  /** How long the folder must be quiet before a reported change is read; default 100 ms. */
  quietMs?: number;
}

/**
 * The gateway's supergraph from a file, and each new version of it. A version that the gateway refuses is logged, and the
 * previous one keeps serving.
 */
export class SupergraphFile implements SupergraphManager {
  readonly #options: SupergraphFileOptions;
  #fault: string | undefined;

  constructor(options: SupergraphFileOptions) {
    this.#options = options;
  }

  /** Why the file as it is now does not serve, or undefined when it does. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Called by the gateway. @throws StartError when the file cannot be read or is no supergraph */
  async initialize({ update }: Parameters<SupergraphManager['initialize']>[0]) {
    const { file } = this.#options;
    const supergraphSdl = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      const advice = 'Compose it with `npm run compose`, or set SUPERGRAPH_FILE to where it is.';
      throw new StartError(`The supergraph file ${file} cannot be read (${error.code}). ${advice}`);
    });
    try {
      update(forGateway(supergraphSdl));
    } catch (error) {
      throw new StartError(`The supergraph file ${file} is not a valid supergraph: ${messageOf(error)}`);
    }
    const watched = await watchFile({
      ...this.#options,
      known: supergraphSdl,
      changed: (text) => this.#serve(text, update),
      failed: (error) => this.#fail(error),
    });
    return { supergraphSdl: forGateway(supergraphSdl), cleanup: watched.close };
  }

  #serve(text: string, update: SupergraphSdlUpdateFunction): void {
    const { file, logger } = this.#options;
    try {
      update(forGateway(text));
      this.#fault = undefined;
      logger.info({ file }, 'loaded a new supergraph');
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const { file, logger } = this.#options;
    this.#fault = messageOf(error);
    logger.error({ file, fault: this.#fault }, 'supergraph file refused; the previous one is still in use');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
