import { launchBrowser, requires, type TestBrowser } from '@airline/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { OF_COLORS, objectionsOn } from './objections.ts';
import { type Colors, wear } from './page.ts';

const DARK = '@media (prefers-color-scheme: dark)';
const FORCED = '@media (forced-colors: active)';
/** Gray on gray. */
const FAINT = '{ p { forced-color-adjust: none; color: #777; background: #888 } }';
const UNLIKE_TEXT =
  '{ a { forced-color-adjust: none; text-decoration: none; color: #111; background: #fff } }';

const addressOf = (style: string, more = '') =>
  `data:text/html,${encodeURIComponent(`<!doctype html><html lang="en"><title>A page</title>
    <style>${DARK} { :root { color: #eee; background: #111 } a { color: #9cf } } ${style}</style>
    <main><h1>A page</h1><p>A text with <a href="/">a link</a> in it.</p>${more}</main></html>`)}`;

describe('what axe objects to', requires('chromium').options, () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await launchBrowser();
    return () => browser[Symbol.asyncDispose]();
  });

  test.each<[string, Colors[], string]>([
    ['nothing', [], ''],
    ['faint text', ['light', 'dark', 'forced'], `@media all ${FAINT}`],
    ['faint text in the dark', ['dark'], `${DARK} ${FAINT}`],
    ['faint text in forced colors', ['forced'], `${FORCED} ${FAINT}`],
    ['links like text in the dark', ['dark'], `${DARK} { a { text-decoration: none; color: #ddd } }`],
    ['links like text in forced colors', ['forced'], `${FORCED} ${UNLIKE_TEXT}`],
  ])('is %s, in the colors that have it', async (_, faulty, style) => {
    const { page } = await browser.newPage();
    await page.goto(addressOf(style));
    for (const colors of ['light', 'dark', 'forced'] as const) {
      await wear(page, colors);
      const found = { colors, objections: (await objectionsOn(page, { rules: OF_COLORS })).length > 0 };
      expect(found).toEqual({ colors, objections: faulty.includes(colors) });
      // No rule of the others sees the colors.
      expect(await objectionsOn(page)).toEqual(await objectionsOn(page, { rules: OF_COLORS }));
    }
  });

  test('is found by every rule, in each document of a page', async () => {
    const { page } = await browser.newPage();
    for (const more of ['<input>', '<img src="data:,">']) {
      await page.goto(addressOf('', more));
      expect(await objectionsOn(page)).toEqual([expect.stringMatching(/^(label|image-alt): </)]);
      expect(await objectionsOn(page, { rules: OF_COLORS })).toEqual([]);
    }
  });

  test('is not said of a page with frames, into which it would not look', async () => {
    const { page } = await browser.newPage();
    await page.goto(addressOf('', '<iframe title="A frame" src="data:text/html,<input>"></iframe>'));
    await expect(objectionsOn(page)).rejects.toThrow('frames');
  });
});
