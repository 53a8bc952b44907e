import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useQuery } from '#desk/app/address.ts';
import { Empty, Panel, Waiting } from '#desk/app/panel.tsx';
import type { Problem } from '#desk/data/problem.ts';
import { useTexts, wordsFor } from '#desk/texts/texts.ts';
import { sagasOperation } from '../data/operations.ts';
import type { Page, Reservation, SagaFilter } from '../data/rows.ts';
import styles from '../operate.module.css';
import { useOperating } from '../operating.ts';
import { useOperateTexts } from '../texts/texts.ts';
import { SagaRow } from './saga-row.tsx';

const statuses = ['PENDING', 'SUCCEED', 'CANCELED'] as const;
const ages = ['0', '60', '600', '3600', '86400'] as const;

/** What is looked for, as the address has it. */
interface Wish {
  readonly reference: string;
  readonly customer: string;
  readonly status: string;
  /** In seconds. */
  readonly age: string;
}

function filterOf({ reference, customer, status, age }: Wish): SagaFilter {
  const known = statuses.find((each) => each === status);
  const seconds = Number(age);
  return {
    ...(reference && { reference }),
    ...(customer && { customerId: customer }),
    ...(known && { status: known }),
    ...(seconds > 0 && { placedTo: new Date(Date.now() - seconds * 1000).toISOString() }),
  };
}

/** Reservations, found by what an operator knows of them. */
export function Sagas() {
  const { graph } = useOperating();
  const words = useTexts();
  const { sagas: texts } = useOperateTexts();
  const [query, change] = useQuery();
  const of = (name: string) => query.get(name) ?? '';
  const wish: Wish = {
    reference: of('reference'),
    customer: of('customer'),
    status: of('status'),
    age: query.get('age') ?? '0',
  };
  const { reference, customer, status, age } = wish;
  const [found, setFound] = useState<readonly Reservation[]>();
  const [page, setPage] = useState<Page<Reservation>['pageInfo']>();
  const [problem, setProblem] = useState<Problem>();
  const [isAsking, setIsAsking] = useState(true);
  const [searches, setSearches] = useState(0);

  async function find(before?: string, isOver = () => false): Promise<void> {
    setIsAsking(true);
    const { data, problem } = await graph.query(sagasOperation, {
      filter: filterOf({ reference, customer, status, age }),
      before,
    });
    if (isOver()) return;
    setIsAsking(false);
    setProblem(problem);
    if (!data) return;
    // The last of them come in the order of their ids, the newest at the end.
    const newest = data.reservations.nodes.toReversed();
    setFound((known) => (before === undefined ? newest : [...(known ?? []), ...newest]));
    setPage(data.reservations.pageInfo);
  }

  // What is looked for, and each time that somebody does.
  useEffect(() => {
    let isOver = false;
    void find(undefined, () => isOver);
    return () => {
      isOver = true;
    };
  }, [reference, customer, status, age, searches]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? '').trim();
    change({
      reference: value('reference'),
      customer: value('customer'),
      status: value('status'),
      age: value('age').replace(/^0$/, ''),
    });
    setSearches((count) => count + 1);
  }

  return (
    <Panel id="sagas" heading={texts.heading}>
      <Search wish={wish} submit={submit} isAsking={isAsking} />
      {problem && <p role="alert">{wordsFor(problem, words)}</p>}
      {found?.length === 0 && <Empty title={texts.none} />}
      {!found && !problem && <Waiting lines={4} />}
      <ul className={styles.sagas} aria-busy={isAsking}>
        {found?.map((row) => (
          <SagaRow key={row.id} row={row} />
        ))}
      </ul>
      {page?.hasPreviousPage && (
        <Button
          variant="default"
          size="xs"
          loading={isAsking}
          onClick={() => void find(page.startCursor ?? undefined)}
        >
          {texts.more}
        </Button>
      )}
    </Panel>
  );
}

interface SearchProps {
  readonly wish: Wish;
  readonly submit: (event: FormEvent<HTMLFormElement>) => void;
  readonly isAsking: boolean;
}

function Search({ wish, submit, isAsking }: SearchProps) {
  const { sagas: texts } = useOperateTexts();
  const words = useTexts();
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
