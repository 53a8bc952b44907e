import { Button } from '@mantine/core';
import { useQuery } from '#desk/app/address.ts';
import { Empty, Panel, Waiting } from '#desk/app/panel.tsx';
import { useTexts, wordsFor } from '#desk/texts/texts.ts';
import styles from '../operate.module.css';
import { useOperateTexts } from '../texts/texts.ts';
import { SagaRow } from './saga-row.tsx';
import { SagaSearch, wishOf } from './saga-search.tsx';
import { useSagas } from './use-sagas.ts';

/** Reservations, found by what an operator knows of them. */
export function Sagas() {
  const words = useTexts();
  const { sagas: texts } = useOperateTexts();
  const [query, change] = useQuery();
  const wish = wishOf(query);
  const { found, problem, isAsking, more, again } = useSagas(wish);
  return (
    <Panel id="sagas" heading={texts.heading}>
      <SagaSearch
        wish={wish}
        isAsking={isAsking}
        look={(wanted) => {
          change({ ...wanted, age: wanted.age.replace(/^0$/, '') });
          again();
        }}
      />
      {problem && <p role="alert">{wordsFor(problem, words)}</p>}
      {found?.length === 0 && <Empty title={texts.none} />}
      {!found && !problem && <Waiting lines={4} />}
      <ul className={styles.sagas} aria-busy={isAsking}>
        {found?.map((row) => (
          <SagaRow key={row.id} row={row} />
        ))}
      </ul>
      {more && (
        <Button variant="default" size="xs" loading={isAsking} onClick={more}>
          {texts.more}
        </Button>
      )}
    </Panel>
  );
}
