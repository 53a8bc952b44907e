import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTexts } from '#desk/texts/texts.ts';
import type { SagaFilter } from '../data/rows.ts';
import styles from '../operate.module.css';
import { useOperateTexts } from '../texts/texts.ts';

const statuses = ['PENDING', 'SUCCEED', 'CANCELED'] as const;
const ages = ['0', '60', '600', '3600', '86400'] as const;

/** What is looked for, as the address has it. */
export interface Wish {
  readonly reference: string;
  readonly customer: string;
  readonly status: string;
  /** In seconds. */
  readonly age: string;
}

export function filterOf({ reference, customer, status, age }: Wish): SagaFilter {
  const known = statuses.find((each) => each === status);
  const seconds = Number(age);
  return {
    ...(reference && { reference }),
    ...(customer && { customerId: customer }),
    ...(known && { status: known }),
    ...(seconds > 0 && { placedTo: new Date(Date.now() - seconds * 1000).toISOString() }),
  };
}

export function wishOf(query: URLSearchParams): Wish {
  const of = (name: string) => query.get(name) ?? '';
  return {
    reference: of('reference'),
    customer: of('customer'),
    status: of('status'),
    age: query.get('age') ?? '0',
  };
}

interface SearchProps {
  readonly wish: Wish;
  readonly look: (wish: Wish) => void;
  readonly isAsking: boolean;
}

export function SagaSearch({ wish, look, isAsking }: SearchProps) {
  const { sagas: texts } = useOperateTexts();
  const words = useTexts();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? '').trim();
    look({
      reference: value('reference'),
      customer: value('customer'),
      status: value('status'),
      age: value('age'),
    });
  }

  return (
    <search>
      <form className={styles.search} onSubmit={submit} key={Object.values(wish).join('\n')}>
        <label>
          {texts.reference}
          <input name="reference" defaultValue={wish.reference} autoComplete="off" spellCheck={false} />
        </label>
        <label>
          {texts.customer}
          <input name="customer" defaultValue={wish.customer} autoComplete="off" spellCheck={false} />
        </label>
        <label>
          {texts.status}
          <select name="status" defaultValue={wish.status}>
            <option value="">{texts.any}</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {words.status[status]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {texts.age}
          <select name="age" defaultValue={wish.age}>
            {ages.map((age) => (
              <option key={age} value={age}>
                {texts.ages[age]}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" loading={isAsking}>
          {texts.find}
        </Button>
      </form>
    </search>
  );
}
