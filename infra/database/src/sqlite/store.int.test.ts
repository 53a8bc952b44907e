import { join } from 'node:path';
import { openSample } from '@airline/testing/sample';
import { storeContract } from '../store.contract.ts';

storeContract('SQLite', async (place, now) => {
  let commits = 0;
  const onStatement = (text: string) => {
    if (/^commit/i.test(text)) commits += 1;
  };
  const sample = openSample({ file: join(place, 'sample.sqlite'), now, onStatement });
  return { store: sample.store, commits: () => commits, [Symbol.asyncDispose]: sample[Symbol.asyncDispose] };
});
