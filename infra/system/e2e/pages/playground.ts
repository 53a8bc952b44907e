import { until } from '@airline/testing';
import type { Page } from 'playwright-core';

/** Monaco, where GraphiQL leaves it for other scripts of its page. */
interface Editors {
  readonly __MONACO: {
    readonly editor: {
      getModels(): readonly {
        readonly uri: { readonly path: string };
        getValue(): string;
      }[];
    };
  };
}

/** The playground as a person uses it. */
export function playgroundOn(page: Page) {
  const runButton = page.locator('button.run');

  /** All that is in an editor, also what is scrolled out of sight. */
  const textOf = (editor: 'operation.graphql' | 'variables.json' | 'response.json') =>
    page.evaluate((ending) => {
      const { editor } = (globalThis as unknown as Editors).__MONACO;
      return (
        editor
          .getModels()
          .find(({ uri }) => uri.path.endsWith(ending))
          ?.getValue() ?? ''
      );
    }, editor);

  return {
    textOf,

    /** Waits until the tabs and the editors are there. */
    loaded: async () => {
      await page.getByRole('tab', { name: 'RegisterFlight', exact: true }).waitFor();
      await page.locator('.operation .view-line').first().waitFor();
      await page.locator('.result .monaco-editor').waitFor();
    },

    choose: (tab: string) => page.getByRole('tab', { name: tab, exact: true }).click(),

    /** Replaces the operation by what is typed; the editor closes brackets by itself. */
    type: async (operation: string) => {
      await page.locator('.operation .monaco-editor textarea').first().focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(operation);
    },

    /** Presses the button that runs an operation, or ends a subscription. */
    press: () => runButton.click(),

    /** Opens the editor's suggestions at the cursor. */
    suggest: async () => {
      await page.keyboard.press('Control+Space');
      await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
    },

    /** Opens a panel. */
    panel: async (name: string) => {
      await page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
      return page.getByRole('region', { name, exact: true });
    },

    /** Chooses what is shown of how a response came about. */
    detail: async (name: RegExp) => {
      await page.locator('.response').getByRole('tab', { name }).click();
      return page.locator('.detail');
    },

    /** Waits until the response pane has this text. */
    showsText: (text: string) =>
      until(`the playground shows ${text}`, async () => (await textOf('response.json')).includes(text)),

    /** Waits until the response pane has data of which this is true; returns it. */
    shows: async (what: string, isIt: (data: ResultData) => boolean = () => true): Promise<ResultData> => {
      let last = '';
      return await until(`the playground shows ${what}`, async () => {
        last = await textOf('response.json');
        if (last === '') return undefined;
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
