import { isRefusal } from './issuer.ts';
import type { Held } from './standing.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tokens } from './tokens.ts';

const LONGEST_MARGIN_MS = 30_000;
const RETRY_MS = 5_000;

/** When tokens are renewed: so long before they expire. */
export const dueAt = ({ issuedAt, expiresAt }: Tokens): number =>
  expiresAt - Math.min(LONGEST_MARGIN_MS, (expiresAt - issuedAt) / 4);

/**
 * Renews what this tab holds before it expires.
 * @param ask has the other tabs say what they hold
 * @returns how to renew it now; whether there are new tokens then
 */
export function startRenewal(
  { issuer, tabs, inTurn, now, later }: Surroundings,
  held: Held,
  ask: () => Promise<void>,
): () => Promise<boolean> {
  let renewal: Promise<boolean> | undefined;
  held.standing.follow(() => {
    const tokens = held.valid();
    if (tokens) renewLater(tokens, dueAt(tokens) - now());
  });

  function renewLater(current: Tokens, ms: number): void {
    later(() => void renewNow(current), ms);
  }

  async function renewNow(current: Tokens): Promise<void> {
    if (held.tokens() !== current) return;
    await renew();
    // The issuer has not responded.
    if (held.valid() === current) renewLater(current, RETRY_MS);
  }

  async function renewInTurn(before: Tokens): Promise<boolean> {
    // A refresh token that another tab has used already would end the session at the issuer (RFC 9700, section 4.14).
    await ask();
    if (held.tokens() !== before) return held.tokens() !== undefined;
    try {
      if (before.refresh === undefined) return expired(before);
      const tokens = await issuer.renew(before, before.refresh);
      if (held.tokens() !== before) return false;
      held.adopt(tokens);
      tabs.send({ type: 'tokens', tokens });
      return true;
    } catch (error) {
      return isRefusal(error) ? expired(before) : false;
    }
  }

  function expired(tokens: Tokens): false {
    held.expire(tokens);
    return false;
  }

  async function renew(): Promise<boolean> {
    const before = held.valid();
    if (before === undefined) return false;
    renewal ??= inTurn(() => renewInTurn(before)).finally(() => {
      renewal = undefined;
    });
    return await renewal;
  }
  return renew;
}
