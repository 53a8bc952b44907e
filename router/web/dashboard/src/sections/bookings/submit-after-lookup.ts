import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** Holds a form that is submitted while its flight is still looked up, and submits it with what was found: without a flight, it says so. */
export function useSubmitAfterLookup(form: RefObject<HTMLFormElement | null>) {
  const [isLookingUp, setIsLookingUp] = useState(false);
  const latest = useRef<Promise<unknown>>(undefined);
  const isHeld = useRef(false);

  // In an effect, since the form has the flight with its next drawing.
  useEffect(() => {
    if (isLookingUp || !isHeld.current) return;
    isHeld.current = false;
    form.current?.requestSubmit();
  }, [isLookingUp, form]);

  return {
    async lookingUp(finding: Promise<unknown>): Promise<void> {
      latest.current = finding;
      isHeld.current = false;
      setIsLookingUp(true);
      await finding;
      if (latest.current === finding) setIsLookingUp(false);
    },
    onSubmitCapture(event: FormEvent): void {
      if (!isLookingUp) return;
      event.preventDefault();
      event.stopPropagation();
      isHeld.current = true;
    },
  };
}
