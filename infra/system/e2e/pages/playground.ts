import { until } from '@airline/testing';
import type { Page } from 'playwright-core';

/** Monaco, where GraphiQL leaves it for other scripts of its page. */
interface Editors {
  readonly __MONACO: {
    readonly editor: {
      getModels(): readonly { readonly uri: { readonly path: string }; getValue(): string }[];
    };
  };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The playground as a person uses it. */
export function playgroundOn(page: Page) {
  const runButton = page.locator('.graphiql-execute-button');

  /** All that is in the response pane, also what is scrolled out of sight. */
  const response = () =>
    page.evaluate(() => {
      const { editor } = (globalThis as unknown as Editors).__MONACO;
      return (
        editor
          .getModels()
          .find(({ uri }) => uri.path.endsWith('response.json'))
          ?.getValue() ?? ''
      );
    });

  return {
    /** Waits until the tabs and the editors are there. */
    loaded: async () => {
      await page.getByRole('button', { name: 'RegisterFlight', exact: true }).waitFor();
      await page.locator('.graphiql-editors .view-line').first().waitFor();
      await page.locator('.result-window .monaco-editor').waitFor();
    },

    choose: (tab: string) => page.getByRole('button', { name: tab, exact: true }).click(),

    /** Replaces the operation by what is typed; the editor closes brackets by itself. */
    type: async (operation: string) => {
      await page.locator('.graphiql-editors .monaco-editor textarea').first().focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(operation);
    },

    /** Presses the button that runs an operation, or ends a subscription. */
    press: () => runButton.click(),

    /** Opens the editor's suggestions at the cursor; returns whether they lie where the button to run is. */
    suggest: async () => {
      await page.keyboard.press('Control+Space');
      const suggestions = page.locator('.suggest-widget.visible');
      await suggestions.locator('.monaco-list-row').first().waitFor();
      const [list, button] = await Promise.all([suggestions.boundingBox(), runButton.boundingBox()]);
      return list !== null && button !== null && overlap(list, button);
    },

    /** Waits until the response pane has this text. */
    showsText: (text: string) =>
      until(`the playground shows ${text}`, async () => (await response()).includes(text)),

    /** Waits until the response pane has data of which this is true; returns it. */
    shows: async (what: string, isIt: (data: ResultData) => boolean = () => true): Promise<ResultData> => {
      let last = '';
      return await until(`the playground shows ${what}`, async () => {
        last = await response();
        const { data } = JSON.parse(last) as { data?: ResultData | null };
        return data && isIt(data) ? data : undefined;
      }).catch((error: Error) => {
        throw new Error(`${error.message} It shows: ${last}`, { cause: error });
      });
    },
  };
}

/** By response name; its entities are compared as they are. */
export type ResultData = Readonly<Record<string, unknown>>;
