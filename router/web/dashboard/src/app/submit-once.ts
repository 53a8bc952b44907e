import { type FormEvent, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';

/**
 * Submits a form once for one wish: not again while it is sent, not for a key that is held, and not for the second
 * click of a double click. The handlers go on the form.
 */
export function useSubmitOnce(submit: () => Promise<unknown>) {
  // A state would be known only with the next drawing.
  const isLocked = useRef(false);
  const [isSending, setIsSending] = useState(false);

  async function run(): Promise<void> {
    if (isLocked.current) return;
    isLocked.current = true;
    setIsSending(true);
    await submit();
    isLocked.current = false;
    setIsSending(false);
  }

  return {
    isSending,
    handlers: {
      onSubmit(event: FormEvent): void {
        event.preventDefault();
        void run();
      },
      onKeyDown(event: KeyboardEvent): void {
        if (event.key === 'Enter' && event.repeat) event.preventDefault();
      },
      onClickCapture(event: MouseEvent<HTMLFormElement>): void {
        if (event.detail > 1 && event.target instanceof Element && event.target.closest('[type=submit]'))
          event.preventDefault();
      },
    },
  };
}
