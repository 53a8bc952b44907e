import type { Logger } from '@airline/observability';

export interface CheckResult {
  ok: boolean;
  /** Shown to whoever asks for readiness, so free of addresses and credentials. */
  detail?: string;
}

export interface HealthCheck {
  name: string;
  /** A failing required check makes the process not ready; a failing informative one is only reported. */
  kind: 'required' | 'informative';
  /** Runs on each question for readiness; what it throws is logged and counts as failed. */
  check: () => CheckResult | Promise<CheckResult>;
}

export interface Readiness {
  status: 'ready' | 'degraded' | 'unavailable' | 'shutting down';
  checks: Record<string, CheckResult & { kind: HealthCheck['kind'] }>;
}

/** The checks of one process; answers `GET /health/ready` in serveGraphQL. */
export class Health {
  readonly #checks = new Map<string, HealthCheck>();
  readonly #logger: Logger;
  readonly #timeoutMs: number;
  #shuttingDown = false;
  #running: Promise<Readiness> | undefined;

  /** @param options.timeoutMs how long a check may take before it counts as failed, 2000 when left out */
  constructor(options: { logger: Logger; timeoutMs?: number }) {
    this.#logger = options.logger;
    this.#timeoutMs = options.timeoutMs ?? 2_000;
  }

  /** Adds a check, or replaces the one of the same name. */
  register(check: HealthCheck): void {
    this.#checks.set(check.name, check);
  }

  /** From now on the process is not ready, whatever its checks say, so that no new requests are sent to it. */
  beginShutdown(): void {
    this.#shuttingDown = true;
  }

  get isShuttingDown(): boolean {
    return this.#shuttingDown;
  }

  /** Runs all checks at once; questions that come while they run get the same answer. */
  readiness(): Promise<Readiness> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<Readiness> {
    const checks = [...this.#checks.values()];
    const results = await Promise.all(
      checks.map(async (check) => ({ kind: check.kind, ...(await this.#result(check)) })),
    );
    const failed = results.filter((result) => !result.ok);
    const status = this.#shuttingDown
      ? 'shutting down'
      : failed.some(({ kind }) => kind === 'required')
        ? 'unavailable'
        : failed.length > 0
          ? 'degraded'
          : 'ready';
    return {
      status,
      checks: Object.fromEntries(checks.map(({ name }, i) => [name, results[i] as (typeof results)[0]])),
    };
  }

  async #result({ name, check }: HealthCheck): Promise<CheckResult> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<CheckResult>((resolve) => {
      const late = { ok: false, detail: `no answer within ${this.#timeoutMs} ms` };
      timer = setTimeout(() => resolve(late), this.#timeoutMs);
    });
    try {
      return await Promise.race([check(), timeout]);
    } catch (error) {
      this.#logger.warn({ err: error, check: name }, 'a health check failed');
      return { ok: false, detail: 'failed; the log says why' };
    } finally {
      clearTimeout(timer);
    }
  }
}
