import { describe } from 'vitest';
import { deadLetterContract } from './store-contract/dead-letters.ts';
import { forgetContract } from './store-contract/forget.ts';
import type { Open } from './store-contract/harness.ts';
import { logContract } from './store-contract/log.ts';
import { readerContract } from './store-contract/reader.ts';
import { transactionContract } from './store-contract/transactions.ts';

/** What every store promises, whichever database it stands on. */
export function storeContract(name: string, open: Open): void {
  describe(`a store on ${name}`, () => {
    transactionContract(open);
    logContract(open);
    forgetContract(open);
    deadLetterContract(open);
    readerContract(open);
  });
}
