import { createValue, type Value } from '../value.ts';
import { joinTabs } from './other-tabs.ts';
import { dueAt, startRenewal } from './renewal.ts';
import { createHeld, type Standing } from './standing.ts';
import type { Surroundings } from './surroundings.ts';

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
  const { issuer, kept, tabs, now, page, leaving } = surroundings;
  const held = createHeld(kept);
  const others = joinTabs(surroundings, held);
  const renew = startRenewal(surroundings, held, others.ask);
  await others.start();

  return {
    standing: held.standing,
    renew,

    async authorization() {
      const tokens = held.tokens();
      if (tokens && now() >= dueAt(tokens)) await renew();
      const valid = held.valid();
      return valid && `Bearer ${valid.access}`;
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
      const before = held.tokens();
      held.forget();
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
