import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import styles from './dialog.module.css';

interface DialogProps {
  readonly heading: string;
  readonly close: () => void;
  /** Whether Escape does not close it, because something is being sent: what comes of it is said here. */
  readonly isLocked?: boolean;
  /** What has the focus afterwards; default: what had it before. */
  readonly focusAfter?: () => HTMLElement | null;
  readonly children: ReactNode;
}

/** A modal dialog for as long as it is drawn. The browser keeps the focus in it, and gives it back afterwards. */
export function Dialog({ heading, close, isLocked = false, focusAfter, children }: DialogProps) {
  const headingId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const after = useRef(focusAfter);
  after.current = focusAfter;
  // Closed before it is taken away: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => {
      element?.close();
      after.current?.()?.focus();
    };
  }, []);
  function press(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    // What it lies upon is not closed with it.
    event.stopPropagation();
    // The browser lets the cancellation of a dialog be prevented only once.
    if (isLocked) event.preventDefault();
  }

  return (
    <dialog
      ref={dialog}
      aria-labelledby={headingId}
      onCancel={(event) => isLocked && event.preventDefault()}
      onClose={close}
      onKeyDown={press}
    >
      <h2 id={headingId} className={styles.heading}>
        {heading}
      </h2>
      {children}
    </dialog>
  );
}
