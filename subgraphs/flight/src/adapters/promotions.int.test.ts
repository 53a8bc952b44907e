import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isTransient } from '@airline/database';
import { tempFolder } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openPromotions } from './promotions.ts';

async function emptyFolder(): Promise<string> {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

const SUMMER = { name: 'summer-event.txt', text: '[SUMMER EVENT] 50% DISCOUNT!' };

describe('the promotions folder', () => {
  test('is created if it does not exist, and is empty at first', async () => {
    const folder = join(await emptyFolder(), 'shared', 'promotions');
    expect(await (await openPromotions(folder)).read()).toEqual([]);
    expect(await (await openPromotions(folder)).read()).toEqual([]);
  });

  test('is the same on every replica after files are added, changed and removed', async () => {
    const folder = await emptyFolder();
    const replicas = [await openPromotions(folder), await openPromotions(folder)];
    const seen = () => Promise.all(replicas.map((replica) => replica.read()));
    await writeFile(join(folder, SUMMER.name), `${SUMMER.text}\n`);
    expect(await seen()).toEqual([[SUMMER], [SUMMER]]);
    await writeFile(join(folder, SUMMER.name), 'over');
    expect(await seen()).toEqual([[{ ...SUMMER, text: 'over' }], [{ ...SUMMER, text: 'over' }]]);
    await rm(join(folder, SUMMER.name));
    expect(await seen()).toEqual([[], []]);
  });

  test('is sorted by name, and keeps lines and letters', async () => {
    const folder = await emptyFolder();
    const texts = { 'b.txt': 'zwei\nZeilen', 'a.txt': '여름 행사 50%', 'c.txt': '' };
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
    expect(await (await openPromotions(folder)).read()).toEqual([
      { name: 'a.txt', text: texts['a.txt'] },
      { name: 'b.txt', text: texts['b.txt'] },
      { name: 'c.txt', text: '' },
    ]);
  });

  test('ignores what is not a text file', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, SUMMER.name), SUMMER.text);
    await writeFile(join(folder, 'picture.png'), 'no text');
    await mkdir(join(folder, 'folder.txt'));
    await symlink(join(folder, 'nowhere'), join(folder, 'gone.txt'));
    expect(await (await openPromotions(folder)).read()).toEqual([SUMMER]);
  });

  test('names a file that cannot be read, and does not blame the database', async () => {
    const folder = await emptyFolder();
    await symlink('itself.txt', join(folder, 'itself.txt'));
    const promotions = await openPromotions(folder);
    const failure: unknown = await promotions.read().catch((error: unknown) => error);
    expect(String(failure)).toMatch(/cannot be read: ELOOP.*itself\.txt/);
    expect(isTransient(failure)).toBe(false);
  });

  test('can be read while its files come and go', async () => {
    const folder = await emptyFolder();
    const promotions = await openPromotions(folder);
    // Written as a whole before it is read: a file exists before its text does.
    await writeFile(join(folder, 'a.txt'), 'A');
    let stop = false;
    const moving = (async () => {
      while (!stop) {
        await rename(join(folder, 'a.txt'), join(folder, 'b.txt'));
        await rename(join(folder, 'b.txt'), join(folder, 'a.txt'));
      }
    })();
    const found = new Set<string>();
    for (let times = 0; times < 100; times += 1) {
      for (const { text } of await promotions.read()) found.add(text);
    }
    stop = true;
    await moving;
    for (const { text } of await promotions.read()) found.add(text);
    expect([...found]).toEqual(['A']);
  });
});
