import { expect, test } from 'vitest';
import { deliveryChecks } from './checks/delivery.ts';
import { mistakes, type TextMistake, textOf } from './checks/mistake.ts';

test.each([...deliveryChecks])('%s', async (file, check) => {
  expect(await check(textOf(file))).toEqual([]);
});

test.each(mistakes<TextMistake>('delivery'))('catches %s', async (_name, mistake) => {
  expect(mistake.caught).not.toEqual([]);
  expect(await deliveryChecks.get(mistake.file)?.(textOf(mistake.file, mistake))).toEqual(
    mistake.caught.map((message) => expect.stringContaining(message)),
  );
});
