import { type FormEvent, type KeyboardEvent, type MouseEvent, useState } from 'react';
import { type Problem, pageFailed } from '../data/problem.ts';

/** Lets one through at a time. @param told whether one is sent */
export function oneAtATime(told: (isSending: boolean) => void) {
  // The state that is told is known only with the next drawing.
  let isLocked = false;
  return async (submit: () => Promise<unknown>, failed: (problem: Problem) => void): Promise<void> => {
    if (isLocked) return;
    isLocked = true;
    told(true);
    try {
      await submit();
    } catch (error) {
      failed(pageFailed);
      throw error;
    } finally {
      isLocked = false;
      told(false);
    }
  };
}

/**
 * Submits a form once for one wish: not again while it is sent, not for a key that is held, and not for the second
 * click of a double click. The handlers go on the form.
 * @param failed shows what is wrong where `submit` throws
 */
export function useSubmitOnce(submit: () => Promise<unknown>, failed: (problem: Problem) => void) {
  const [isSending, setIsSending] = useState(false);
  const [run] = useState(() => oneAtATime(setIsSending));

  return {
    isSending,
    handlers: {
      onSubmit(event: FormEvent): void {
        event.preventDefault();
        void run(submit, failed);
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
