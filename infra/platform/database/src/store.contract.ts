import { describe } from 'vitest';
import { deadLetterContract } from './store-contract/dead-letters.contract.ts';
import { deleteExpiredContract } from './store-contract/delete-expired.contract.ts';
import type { Open } from './store-contract/harness.fixture.ts';
import { logContract } from './store-contract/log.contract.ts';
import { readerContract } from './store-contract/reader.contract.ts';
import { transactionContract } from './store-contract/transactions.contract.ts';

/** What every store promises, whichever database it stands on. */
export function storeContract(name: string, open: Open): void {
  describe(`a store on ${name}`, () => {
    transactionContract(open);
    logContract(open);
    deleteExpiredContract(open);
    deadLetterContract(open);
    readerContract(open);
  });
}
