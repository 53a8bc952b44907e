import type { Logger } from '@airline/observability';

export interface CheckResult {
  ok: boolean;
  /** Shown to any client, so without addresses and credentials. */
  detail?: string;
}

export interface HealthCheck {
  name: string;
  /** A failing required check makes the process not ready; a failing informative one is only reported. */
  kind: 'required' | 'informative';
  /** Runs for each readiness request; an error is logged and counts as failed. */
  check: () => CheckResult | Promise<CheckResult>;
}

export interface Readiness {
  status: 'ready' | 'degraded' | 'unavailable' | 'shutting down';
  checks: Record<string, CheckResult & { kind: HealthCheck['kind'] }>;
}

/** The HTTP status of a readiness. */
export const readinessCode = ({ status }: Pick<Readiness, 'status'>): number =>
  status === 'ready' || status === 'degraded' ? 200 : 503;

/** The health checks of one process, which `GET /health/ready` reports. */
export class Health {
  readonly #checks = new Map<string, HealthCheck>();
  readonly #logger: Logger;
  readonly #timeoutMs: number;
  /** By check, why it failed the last time: a failure that lasts is logged once. */
  readonly #failing = new Map<string, string>();
  #shuttingDown = false;
  #running: Promise<Readiness> | undefined;

  /** @param options.timeoutMs timeout of a check, after which it counts as failed; default 2000 */
  constructor(options: { logger: Logger; timeoutMs?: number }) {
    this.#logger = options.logger;
    this.#timeoutMs = options.timeoutMs ?? 2_000;
  }

  /** Adds a check, or replaces the one of the same name. */
  register(check: HealthCheck): void {
    this.#checks.set(check.name, check);
  }

  /** From now on the process is not ready, regardless of its checks, so that no new requests are sent to it. */
  beginShutdown(): void {
    this.#shuttingDown = true;
  }

  get isShuttingDown(): boolean {
    return this.#shuttingDown;
  }

  /** Runs all checks in parallel; concurrent calls share one result. */
  readiness(): Promise<Readiness> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<Readiness> {
    const checks = [...this.#checks.values()];
    const results = await Promise.all(
      checks.map(async (check) => {
        const result = { kind: check.kind, ...(await this.#result(check)) };
        return [check.name, result] as const;
      }),
    );
    const failed = results.filter(([, { ok }]) => !ok);
    const status = this.#shuttingDown
      ? 'shutting down'
      : failed.some(([, { kind }]) => kind === 'required')
        ? 'unavailable'
        : failed.length > 0
          ? 'degraded'
          : 'ready';
    return { status, checks: Object.fromEntries(results) };
  }

  async #result({ name, check }: HealthCheck): Promise<CheckResult> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<CheckResult>((resolve) => {
      const late = { ok: false, detail: `no response within ${this.#timeoutMs} ms` };
      timer = setTimeout(() => resolve(late), this.#timeoutMs);
    });
    try {
      const result = await Promise.race([check(), timeout]);
      this.#failing.delete(name);
      return result;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (this.#failing.get(name) !== reason)
        this.#logger.warn({ err: error, check: name }, 'health check failed');
      this.#failing.set(name, reason);
      return { ok: false, detail: 'failed; see the log' };
    } finally {
      clearTimeout(timer);
    }
  }
}
