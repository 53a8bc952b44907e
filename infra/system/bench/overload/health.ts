import { request } from 'undici';

/** Asks for health all the time, as a cluster does, and notes the worst. */
export class HealthWatch implements AsyncDisposable {
  readonly #url: URL;
  readonly #loop: Promise<void>;
  #isOver = false;
  worstMs = 0;
  asked = 0;
  failures = 0;

  constructor(url: string) {
    this.#url = new URL('/health/ready', url);
    this.#loop = this.#watch();
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      const begun = performance.now();
      try {
        const { statusCode, body } = await request(this.#url, { reset: true });
        await body.dump();
        if (statusCode !== 200) this.failures += 1;
      } catch {
        this.failures += 1;
      }
      this.asked += 1;
      this.worstMs = Math.max(this.worstMs, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#loop;
  }
}
