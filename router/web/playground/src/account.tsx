import { useState, useSyncExternalStore } from 'react';
import type { Session } from '../../sign-in/session.ts';

/** Says on whose behalf operations run, and has them sign in and out. GraphiQL keeps what was typed by itself. */
export function Account({ session }: { readonly session: Session }) {
  const { follow, get } = session.standing;
  const standing = useSyncExternalStore(follow, get);
  const [isUnavailable, setIsUnavailable] = useState(false);
  const signIn = async () => setIsUnavailable(!(await session.signIn()));
  const isExpired = standing.state === 'expired';
  const canSignIn = isExpired || (standing.state === 'anonymous' && standing.canSignIn);
  return (
    <div className={isExpired ? 'account notice' : 'account'} role="status">
      <span>{wordsFor(session)}</span>
      {isUnavailable && <span role="alert">The issuer does not respond. Try again in a moment.</span>}
      {canSignIn && (
        <button type="button" onClick={() => void signIn()}>
          {isExpired ? 'Sign in again' : 'Sign in'}
        </button>
      )}
      {standing.state === 'signed-in' && (
        <button type="button" onClick={() => void session.signOut()}>
          Sign out
        </button>
      )}
    </div>
  );
}

function wordsFor({ standing: { get } }: Session): string {
  const standing = get();
  switch (standing.state) {
    case 'open':
      return 'Open: everybody may do everything';
    case 'anonymous':
      return 'Nobody has signed in';
    case 'signed-in':
      return `Signed in as ${standing.who.name} (${standing.who.roles.join(', ')})`;
    case 'expired':
      return 'Your sign-in has ended. What you have typed stays.';
  }
}
