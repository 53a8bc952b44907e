import { VisuallyHidden } from '@mantine/core';
import type { Announcer } from './announcer.ts';
import { useValue } from './context.ts';

/** Where screen readers find what is announced. */
export function Announcements({ announcer }: { readonly announcer: Announcer }) {
  const text = useValue(announcer.text);
  return (
    <VisuallyHidden role="log" aria-live="polite">
      {text}
    </VisuallyHidden>
  );
}
