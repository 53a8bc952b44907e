import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { Loader, Phase } from '../data/loader.ts';
import { mayPass } from '../data/problem.ts';
import { useTexts, wordsFor } from '../texts/texts.ts';
import { useServices, useValue } from './context.ts';
import styles from './panel.module.css';

interface PanelProps {
  readonly id: string;
  readonly heading: string;
  /** A word on what is in it. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Whether its contents go to its edges. */
  readonly isFlush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A section of the page: a region that has its heading's name. */
export function Panel({ id, heading, note, actions, isFlush, className, children }: PanelProps) {
  const headingId = useId();
  return (
    <section id={id} aria-labelledby={headingId} className={`${styles.panel} ${className ?? ''}`}>
      <header className={styles.head}>
        <h2 id={headingId} className={styles.heading} tabIndex={-1}>
          {heading}
        </h2>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={isFlush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}

interface LoadedProps {
  readonly loader: Loader;
  /** The height of what comes, in lines. */
  readonly lines?: number;
  readonly children: ReactNode;
}

/** What a loader brings, once it is there; a skeleton before, and a word on failures. */
export function Loaded({ loader, lines = 4, children }: LoadedProps) {
  const state = useValue(loader.state);
  if (state.phase === 'loading') return <Waiting lines={lines} />;
  if (state.phase === 'failed') {
    return (
      <>
        <Failure state={state} retry={loader.request} />
        {state.isStale && children}
      </>
    );
  }
  return children;
}

export function Waiting({ lines }: { readonly lines: number }) {
  return (
    <div className={`${styles.body} ${styles.skeletons}`} aria-busy="true">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={18} width={`${96 - ((line * 17) % 40)}%`} radius="sm" />
      ))}
    </div>
  );
}

interface FailureProps {
  readonly state: Extract<Phase, { phase: 'failed' }>;
  readonly retry: () => void;
}

export function Failure({ state: { problem, isStale }, retry }: FailureProps) {
  const texts = useTexts();
  const { connection } = useServices();
  const { state } = useValue(connection);
  const isRetried = mayPass(problem);
  if (isStale) {
    // The page says so as a whole as long as it is not connected.
    if (state !== 'connected') return null;
    return (
      <p role="alert" className={styles.stale}>
        <strong>{texts.problem.stale}.</strong> {wordsFor(problem, texts)}{' '}
        {isRetried && texts.problem.retrying}
      </p>
    );
  }
  return (
    <div role="alert" className={styles.message}>
      <strong>{texts.problem.title}</strong>
      <span>
        {wordsFor(problem, texts)} {isRetried && texts.problem.retrying}
      </span>
      {isRetried && (
        <Button size="xs" variant="default" onClick={retry}>
          {texts.problem.retry}
        </Button>
      )}
    </div>
  );
}

export function Empty({ title, hint }: { readonly title: string; readonly hint?: string }) {
  return (
    <div className={styles.message}>
      <svg className={styles.mark} viewBox="0 0 36 36" fill="none" aria-hidden="true">
        <path
          d="M4 27h28M8 22 19.5 8.5h4L20.5 22"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <strong>{title}</strong>
      {hint && <span>{hint}</span>}
    </div>
  );
}
