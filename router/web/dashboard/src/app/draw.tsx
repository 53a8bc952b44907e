import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Session } from '../../../sign-in/session.ts';
import { SessionContext } from './context.ts';
import { COLOR_SCHEME } from './preferences.ts';

/** Draws a page, in the colors that were chosen, for whoever has signed in. */
export function draw(session: Session, page: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element #root.');
  createRoot(root).render(
    // What Mantine would write as <style> elements, the page's policy forbids: it is in theme/mantine.css.
    <MantineProvider
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: COLOR_SCHEME })}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <SessionContext value={session}>{page}</SessionContext>
    </MantineProvider>,
  );
}
