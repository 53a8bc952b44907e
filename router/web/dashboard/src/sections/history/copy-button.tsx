import { useState } from 'react';
import { useServices } from '../../app/context.ts';
import { useTexts } from '../../texts/texts.ts';
import styles from './booking-history.module.css';

const SAID_MS = 2_000;

/** Puts a text into the clipboard, and says so for a moment. */
export function CopyButton({ text }: { readonly text: string }) {
  const { announcer, later } = useServices();
  const texts = useTexts();
  const [isCopied, setIsCopied] = useState(false);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
    announcer.announce(texts.history.copied(text));
    later(() => setIsCopied(false), SAID_MS);
  }

  // Browsers have no clipboard on a page without TLS.
  if (!('clipboard' in navigator)) return null;
  return (
    <button
      type="button"
      className={styles.copy}
      aria-label={texts.history.copy(text)}
      onClick={() => void copy()}
    >
      {isCopied ? texts.history.copiedShort : texts.history.copyShort}
    </button>
  );
}
