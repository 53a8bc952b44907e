import { useState } from 'react';
import type { Session } from '../../sign-in/session.ts';
import type { Standing } from '../../sign-in/standing.ts';
import { type Texts, useTexts } from './texts/texts.ts';
import { useValue } from './use-value.ts';

/** Says on whose behalf operations run, and has them sign in and out. The tabs are kept meanwhile. */
export function Account({ session }: { readonly session: Session }) {
  const { signIn: texts } = useTexts();
  const standing = useValue(session.standing);
  const [isUnavailable, setIsUnavailable] = useState(false);
  const signIn = async () => setIsUnavailable(!(await session.signIn()));
  const isExpired = standing.state === 'expired';
  const canSignIn = isExpired || (standing.state === 'anonymous' && standing.canSignIn);
  return (
    <div className={isExpired ? 'account notice' : 'account'} role="status">
      <span>{wordsFor(standing, texts)}</span>
      {isUnavailable && <span role="alert">{texts.unavailable}</span>}
      {canSignIn && (
        <button type="button" onClick={() => void signIn()}>
          {isExpired ? texts.again : texts.signIn}
        </button>
      )}
      {standing.state === 'signed-in' && (
        <button type="button" onClick={() => void session.signOut()}>
          {texts.signOut}
        </button>
      )}
    </div>
  );
}

function wordsFor(standing: Standing, texts: Texts['signIn']): string {
  switch (standing.state) {
    case 'signed-in': {
      const { name, roles } = standing.who;
      return texts.account(name, roles.map((role) => texts.roles[role]).join(', '));
    }
    default:
      return texts[standing.state];
  }
}
