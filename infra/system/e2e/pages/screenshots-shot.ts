import type { BrowserContextOptions, Page } from 'playwright-core';

export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-US' };
export const narrow: BrowserContextOptions = {
  viewport: { width: 375, height: 812 },
  deviceScaleFactor: 2,
  locale: 'en-US',
};

/** A picture of a page in a state. */
export interface Shot {
  readonly name: string;
  readonly context: BrowserContextOptions;
  readonly path?: string;
  readonly isWhole?: boolean;
  /** Before the page is opened. */
  readonly arrange?: (page: Page) => Promise<unknown>;
  /** What is done on the page, to its state. */
  readonly act?: (page: Page) => Promise<unknown>;
}

/** @param query what is in the requests that get this response, or none */
export const respondsWith = (query: string, body: object | undefined) => (page: Page) =>
  page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes(query)) return await route.fallback();
    // A request without a response shows the state before it.
    if (body) await route.fulfill({ json: body });
  });
export const isAway = {
  errors: [{ message: 'The flight service is unavailable.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
};
