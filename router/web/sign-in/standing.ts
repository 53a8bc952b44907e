import { createValue } from '../value.ts';
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

/** The tokens that this tab holds, which outlive its page, and how whoever looks at it stands by them. */
export function createHeld({ keepTokens }: Pick<typeof kept, 'keepTokens'>) {
  const standing = createValue<Standing>({ state: 'anonymous', canSignIn: true });
  let tokens: Tokens | undefined;
  return {
    standing,
    /** Also those that have expired. */
    tokens: () => tokens,
    valid: () => (standing.get().state === 'signed-in' ? tokens : undefined),
    adopt(next: Tokens): void {
      tokens = next;
      keepTokens(next);
      standing.set({ state: 'signed-in', who: next.who });
    },
    /** The issuer has refused to renew them. */
    expire({ who }: Tokens): void {
      keepTokens(undefined);
      standing.set({ state: 'expired', who });
    },
    forget(): void {
      tokens = undefined;
      keepTokens(undefined);
    },
  };
}

export type Held = ReturnType<typeof createHeld>;
