import { useTexts } from '#desk/texts/texts.ts';
import styles from '../operate.module.css';
import { useOperateTexts } from '../texts/texts.ts';

interface NamedProps {
  /** As logs and commands have it. */
  readonly code: string;
  /** In the reader's language; undefined where this page has no word for it. */
  readonly name: string | undefined;
}

/** What an operator reads, and what they search the log for. */
function Named({ code, name }: NamedProps) {
  if (name === undefined) return <code>{code}</code>;
  return (
    <>
      {name} <code className={styles.quiet}>{code}</code>
    </>
  );
}

/** A type of events, such as ReservationPlaced. */
export function EventName({ type }: { readonly type: string }) {
  return <Named code={type} name={useTexts().history.events[type]} />;
}

/** Why an operation was refused, by its `extensions.code`. */
export function RefusalName({ code }: { readonly code: string }) {
  return <Named code={code} name={useOperateTexts().codes[code]} />;
}

/** A check of readiness. */
export function CheckName({ name }: { readonly name: string }) {
  return <Named code={name} name={useOperateTexts().checks[name]} />;
}
