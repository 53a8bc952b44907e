import type { Issuer } from './issuer.ts';
import type { kept, Tokens } from './tokens.ts';

/** What tabs say to each other. */
export type Message =
  | { readonly type: 'ask' }
  | { readonly type: 'tokens'; readonly tokens: Tokens }
  | { readonly type: 'signed-out' };

/** What is around a session; a browser's is in browser.ts. */
export interface Surroundings {
  readonly issuer: Issuer;
  readonly kept: Pick<typeof kept, 'tokens' | 'keepTokens' | 'keepBegun' | 'keepPlace'>;
  readonly tabs: { send(message: Message): void; follow(listener: (message: Message) => void): void };
  /** Runs it while no other tab does. */
  readonly inTurn: <T>(run: () => Promise<T>) => Promise<T>;
  /** In ms since 1970. */
  readonly now: () => number;
  readonly later: (run: () => void, ms: number) => void;
  readonly page: { place(): string; leaveFor(url: URL): void; reload(): void };
  /** Called before the page is left to sign in. */
  readonly leaving: () => void;
}
