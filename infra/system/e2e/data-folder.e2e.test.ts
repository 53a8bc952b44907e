import { expect, test } from 'vitest';
import { startEmbedded } from './system.ts';

test('two systems do not share a data folder', async () => {
  await using system = await startEmbedded();
  await expect(startEmbedded({ DATA_DIR: system.folder })).rejects.toThrow(
    `The folder ${system.folder} is in use by another process. Stop it, or set DATA_DIR to another folder.`,
  );
  // One that is killed holds it no longer.
  await system.restart('system');
});
