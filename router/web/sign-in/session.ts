import { createValue, type Value } from '../value.ts';
import { type Issuer, isRefusal } from './issuer.ts';
import type { kept, Tokens } from './tokens.ts';
import type { Who } from './who.ts';

export type Standing =
  /** There is no issuer: everybody may do everything. */
  | { readonly state: 'open' }
  /** `canSignIn`: there is an issuer to sign in at. */
  | { readonly state: 'anonymous'; readonly canSignIn: boolean }
  | { readonly state: 'signed-in'; readonly who: Who }
  /** The issuer has refused to renew their tokens. */
  | { readonly state: 'expired'; readonly who: Who };

/** On whose behalf the page asks. All tabs of a browser have the same one. */
export interface Session {
  readonly standing: Value<Standing>;
  /** The `authorization` header, renewed where it is about to expire; undefined for nobody. */
  authorization(): Promise<string | undefined>;
  /** Renews a token that was refused; returns whether there is a new one. */
  renew(): Promise<boolean>;
  /** Leaves the page for the issuer's, which leads back to it; returns false when the issuer does not respond. */
  signIn(): Promise<boolean>;
  /** Signs out here, in all tabs, and at the issuer. */
  signOut(): Promise<void>;
}

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

/** How long another tab may take to say that it has newer tokens. */
const ASK_MS = 150;
const LONGEST_MARGIN_MS = 30_000;
const RETRY_MS = 5_000;

/** Tokens are renewed so long before they expire. */
const marginOf = ({ issuedAt, expiresAt }: Tokens) => Math.min(LONGEST_MARGIN_MS, (expiresAt - issuedAt) / 4);

/** Of a system without an issuer, or without one that pages can ask. */
export function fixedSession(standing: Standing): Session {
  return {
    standing: createValue(standing),
    authorization: async () => undefined,
    renew: async () => false,
    signIn: async () => false,
    signOut: async () => {},
  };
}

/** A session at an issuer: the one that this tab had before it was loaded, else that of another tab, else nobody's. */
export async function startSession(surroundings: Surroundings): Promise<Session> {
  const { issuer, kept, tabs, inTurn, now, later, page, leaving } = surroundings;
  const standing = createValue<Standing>({ state: 'anonymous', canSignIn: true });
  let tokens: Tokens | undefined;
  let renewal: Promise<boolean> | undefined;
  let told = () => {};

  function adopt(next: Tokens): void {
    tokens = next;
    kept.keepTokens(next);
    standing.set({ state: 'signed-in', who: next.who });
    renewLater(next, next.expiresAt - marginOf(next) - now());
  }

  function renewLater(current: Tokens, ms: number): void {
    later(() => void renewNow(current), ms);
  }

  async function renewNow(current: Tokens): Promise<void> {
    if (tokens !== current) return;
    await renew();
    // The issuer has not responded.
    if (tokens === current && standing.get().state === 'signed-in') renewLater(current, RETRY_MS);
  }

  function receive(message: Message): void {
    if (message.type === 'ask') {
      if (tokens && standing.get().state === 'signed-in') tabs.send({ type: 'tokens', tokens });
      return;
    }
    if (message.type === 'signed-out') {
      if (!tokens) return;
      forget();
      // All that was shown to them goes with the page.
      page.reload();
      return;
    }
    const isNewer = tokens === undefined || message.tokens.issuedAt > tokens.issuedAt;
    const isSame = tokens === undefined ? isStarting : tokens.who.subject === message.tokens.who.subject;
    if (isNewer && isSame) adopt(message.tokens);
    else if (isNewer) {
      kept.keepTokens(message.tokens);
      page.reload();
    }
    told();
  }

  /** Has the other tabs say what tokens they have. */
  function ask(): Promise<void> {
    return new Promise((resolve) => {
      told = resolve;
      later(resolve, ASK_MS);
      tabs.send({ type: 'ask' });
    });
  }

  function forget(): void {
    tokens = undefined;
    kept.keepTokens(undefined);
  }

  async function renewInTurn(before: Tokens): Promise<boolean> {
    // A refresh token that another tab has used already would end the session at the issuer (RFC 9700, section 4.14).
    await ask();
    if (tokens !== before) return tokens !== undefined;
    try {
      if (before.refresh === undefined) return expired(before);
      const next = await issuer.renew(before, before.refresh);
      if (tokens !== before) return false;
      adopt(next);
      tabs.send({ type: 'tokens', tokens: next });
      return true;
    } catch (error) {
      return isRefusal(error) ? expired(before) : false;
    }
  }

  function expired({ who }: Tokens): false {
    kept.keepTokens(undefined);
    standing.set({ state: 'expired', who });
    return false;
  }

  async function renew(): Promise<boolean> {
    const before = tokens;
    if (before === undefined || standing.get().state !== 'signed-in') return false;
    renewal ??= inTurn(() => renewInTurn(before)).finally(() => {
      renewal = undefined;
    });
    return await renewal;
  }

  let isStarting = true;
  tabs.follow(receive);
  const own = kept.tokens();
  if (own) adopt(own);
  else await ask();
  isStarting = false;

  return {
    standing,
    renew,

    async authorization() {
      if (tokens && now() >= tokens.expiresAt - marginOf(tokens)) await renew();
      return tokens && standing.get().state === 'signed-in' ? `Bearer ${tokens.access}` : undefined;
    },

    async signIn() {
      try {
        const { url, begun } = await issuer.begin(page.place());
        kept.keepBegun(begun);
        leaving();
        page.leaveFor(url);
        return true;
      } catch {
        return false;
      }
    },

    async signOut() {
      const before = tokens;
      forget();
      tabs.send({ type: 'signed-out' });
      if (!before) return;
      kept.keepPlace(page.place());
      try {
        if (before.refresh !== undefined) await issuer.revoke(before.refresh);
        const url = await issuer.signOutUrl(before.who.subject);
        if (url) return page.leaveFor(url);
      } catch {
        // An issuer that is away cannot be signed out at; here they are.
      }
      page.reload();
    },
  };
}
