import type { Page } from 'playwright-core';

/** The page of the issuer for trying, as a person uses it. */
export function signInOn(page: Page) {
  const signIn = page.getByRole('button', { name: 'Sign in', exact: true }).first();
  const issuer = page.getByRole('heading', { name: 'Sign in', exact: true });
  /** Signs in on a page that nobody has signed in on, and waits until it is back. */
  const signInAs = async (name: string) => {
    const back = page.url();
    await signIn.click();
    await issuer.waitFor();
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await page.waitForURL(back);
  };
  return { signIn, issuer, signInAs };
}

/** What a page keeps where others might read it. */
export const leftIn = (page: Page) =>
  page.evaluate<{ local: string; cookies: string; address: string }>(
    '({ local: JSON.stringify({ ...localStorage }), cookies: document.cookie, address: location.href })',
  );
