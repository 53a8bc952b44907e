import { Button } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { Who } from '../../../sign-in/who.ts';
import { useTexts } from '../texts/texts.ts';
import styles from './account.module.css';
import { useSession, useValue } from './context.ts';

/** Who has signed in, with how to sign out; or how to sign in. */
export function Account() {
  const session = useSession();
  const standing = useValue(session.standing);
  const texts = useTexts();
  if (standing.state === 'open') return <span className={styles.open}>{texts.signIn.open}</span>;
  if (standing.state === 'anonymous') return standing.canSignIn && <SignInButton />;
  return <Menu who={standing.who} signOut={() => void session.signOut()} />;
}

interface MenuProps {
  readonly who: Who;
  readonly signOut: () => void;
}

function Menu({ who: { name, roles }, signOut }: MenuProps) {
  const texts = useTexts();
  const menu = useRef<HTMLDetailsElement>(null);

  function close(): void {
    if (menu.current) menu.current.open = false;
  }

  function closeOnEscape({ key }: KeyboardEvent): void {
    if (key !== 'Escape' || !menu.current?.open) return;
    close();
    menu.current.querySelector('summary')?.focus();
  }

  return (
    <details
      ref={menu}
      className={styles.account}
      onKeyDown={closeOnEscape}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget)) close();
      }}
    >
      <summary aria-label={texts.signIn.account(name)}>{name}</summary>
      <div className={styles.menu}>
        <p>
          {texts.signIn.account(name)}
          <span className={styles.roles}>{roles.map((role) => texts.signIn.roles[role]).join(', ')}</span>
        </p>
        <Button size="compact-sm" variant="default" onClick={signOut}>
          {texts.signIn.signOut}
        </Button>
      </div>
    </details>
  );
}

/** Leads to the issuer and back to this page. */
function SignInButton({ children }: { readonly children?: ReactNode }) {
  const session = useSession();
  const texts = useTexts();
  const [isUnavailable, setIsUnavailable] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);

  async function signIn(): Promise<void> {
    setIsLeaving(true);
    const isUnderWay = await session.signIn();
    setIsLeaving(isUnderWay);
    setIsUnavailable(!isUnderWay);
  }

  return (
    <>
      <Button size="compact-sm" loading={isLeaving} onClick={() => void signIn()}>
        {children ?? texts.signIn.signIn}
      </Button>
      {isUnavailable && (
        <span role="alert" className={styles.unavailable}>
          {texts.signIn.unavailable}
        </span>
      )}
    </>
  );
}

/** In place of a section that shows nothing to nobody. @param children what signing in is for; default bookings */
export function SignInPrompt({ children }: { readonly children?: ReactNode }) {
  const session = useSession();
  const standing = useValue(session.standing);
  const texts = useTexts();
  const canSignIn = standing.state === 'anonymous' && standing.canSignIn;
  return (
    <div className={styles.prompt}>
      <p>{children ?? (canSignIn ? texts.signIn.prompt : texts.signIn.nowhere)}</p>
      {canSignIn && <SignInButton />}
    </div>
  );
}

/** Says that the sign-in has ended; the page stays as it is until someone signs in again. */
export function ExpiredBar() {
  const session = useSession();
  const { state } = useValue(session.standing);
  const texts = useTexts();
  return (
    <div role="status">
      {state === 'expired' && (
        <div className={styles.expired}>
          <p>{texts.signIn.expired}</p>
          <SignInButton>{texts.signIn.again}</SignInButton>
        </div>
      )}
    </div>
  );
}
