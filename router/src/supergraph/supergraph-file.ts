import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from '@airline/observability';
import { StartError } from '@airline/service/server';
import type { SupergraphManager, SupergraphSdlUpdateFunction } from '@apollo/gateway';

export interface SupergraphFileOptions {
  file: string;
  logger: Logger;
  /** How often the file is read even if no change was reported; 5 seconds when left out. */
  pollMs?: number;
  /** How long the folder must be quiet before a change is read; 100 ms when left out. */
  quietMs?: number;
}

/**
 * Gives the gateway its supergraph from a file, and each new version of it. A version that the gateway refuses is
 * logged, and the one before keeps serving.
 *
 * The folder is watched rather than the file, because a file is often replaced by renaming, and Kubernetes swaps a
 * symbolic link beside it. Not every file system reports changes, so the file is read from time to time, too.
 */
export class SupergraphFile implements SupergraphManager {
  readonly #options: SupergraphFileOptions;
  /** The text that was offered to the gateway last, taken or not. */
  #offered = '';
  #fault: string | undefined;
  #update: SupergraphSdlUpdateFunction = () => {};
  #reading: Promise<void> = Promise.resolve();
  #stopped = false;

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
    this.#update = update;
    const supergraphSdl = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      const advice = 'Compose it with `npm run compose`, or set SUPERGRAPH_FILE to where it is.';
      throw new StartError(`The supergraph file ${file} cannot be read (${error.code}). ${advice}`);
    });
    try {
      update(supergraphSdl);
    } catch (error) {
      throw new StartError(`The supergraph file ${file} is not a valid supergraph: ${messageOf(error)}`);
    }
    this.#offered = supergraphSdl;
    const stopWatching = this.#watch();
    return {
      supergraphSdl,
      cleanup: async () => {
        this.#stopped = true;
        stopWatching();
        await this.#reading;
      },
    };
  }

  #watch(): () => void {
    const { file, logger, pollMs = 5_000, quietMs = 100 } = this.#options;
    let quiet: NodeJS.Timeout | undefined;
    const onChange = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => this.#readNext(), quietMs);
    };
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(dirname(file), onChange);
      watcher.on('error', (error) =>
        logger.warn({ err: error, file }, 'no longer told of changes; polling on'),
      );
    } catch (error) {
      logger.warn({ err: error, file }, 'cannot be told of changes to the supergraph file; polling instead');
    }
    const poll = setInterval(() => this.#readNext(), pollMs);
    // What changed between the first reading and the watching.
    onChange();
    return () => {
      watcher?.close();
      clearInterval(poll);
      clearTimeout(quiet);
    };
  }

  /** One reading after the other, so that an older text never replaces a newer one. */
  #readNext(): void {
    this.#reading = this.#reading.then(() => this.#read());
  }

  async #read(): Promise<void> {
    const { file, logger } = this.#options;
    try {
      const text = await readFile(file, 'utf8');
      if (this.#stopped || text === this.#offered) return;
      this.#offered = text;
      this.#update(text);
      this.#fault = undefined;
      logger.info({ file }, 'serving the new supergraph');
    } catch (error) {
      const fault = messageOf(error);
      if (fault !== this.#fault) {
        logger.error(
          { file, fault },
          'the new supergraph file does not serve; the one before is still in use',
        );
      }
      this.#fault = fault;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
