import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * The rules of axe that may find something else where the same page, as wide as before, wears other colors. All others read
 * its document, places and sizes, which no color changes.
 */
export const OF_COLORS = ['color-contrast', 'link-in-text-block'] as const;

export interface Looked {
  /** By default all of axe. */
  readonly rules?: readonly string[] | undefined;
  /** A selector of the only part that is looked at. */
  readonly within?: string;
}

/** What axe objects to on a page as it is. */
export async function objectionsOn(page: Page, { rules, within = 'html' }: Looked = {}): Promise<string[]> {
  if (page.frames().length > 1) throw new Error('axe does not look into frames here.');
  // More than a megabyte, which takes longer than most looks: once for each document.
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  const options: axe.RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) };
  const { violations } = await page.evaluate(
    // There it is the page's own.
    ([within, options]) => axe.run(within, options),
    [within, options] as const,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
}
