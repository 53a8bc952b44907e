import type { Command } from '@airline/database';
import type { DomainEvent } from '@airline/schema/events';
import type { Account, SampleState } from './tables.ts';

/** An event of an account: one that the schema knows, with a number in it. */
export const said = (accountId: string, number: number): DomainEvent => ({
  type: 'RemainingSeatsIncreased',
  data: { flightId: accountId, reservationId: accountId, seatQty: 1, remainingSeatsCount: number },
});

/** An event that its schema refuses. */
export const unfit = (accountId: string): DomainEvent => said(accountId, -1);

/** Deposits an amount; publishes and returns the balance. Creates the account if it does not exist. */
export function deposit(accountId: string, amount: number): Command<SampleState, number> {
  return {
    keys: { account: accountId },
    decide: ({ account }) => {
      const balance = (account?.balance ?? 0) + amount;
      return {
        write: { account: opened(accountId, balance) },
        publish: [said(accountId, balance)],
        result: balance,
      };
    },
  };
}

export const opened = (id: string, balance = 0, owner = 'nobody'): Account => ({
  id,
  owner,
  balance,
  note: null,
});
