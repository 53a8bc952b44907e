import { useMemo } from 'react';
import { useQuery } from '../../app/address.ts';
import { useServices, useValue } from '../../app/context.ts';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import { FilterField } from '../../lists/fields.tsx';
import { Filters } from '../../lists/filters.tsx';
import listStyles from '../../lists/lists.module.css';
import { NewRows } from '../../lists/new-rows.tsx';
import { NothingFound } from '../../lists/nothing-found.tsx';
import { Spacer } from '../../lists/spacer.tsx';
import { useLiveList } from '../../lists/use-live-list.ts';
import { useVirtualRows } from '../../lists/use-virtual-rows.ts';
import { useSpeech } from '../../texts/texts.ts';
import { type Column, columns, conditionsOf, customerQueryOf, names, orderBehind } from './customer-query.ts';
import { CustomerRow } from './customer-row.tsx';
import styles from './customers.module.css';

const ROW_HEIGHT = 36;

/** Who reserved how often, with what was last. */
export function Customers() {
  const { live } = useServices();
  const speech = useSpeech();
  const { customers: texts } = speech.texts;
  const [address, change] = useQuery();
  const wanted = useMemo(() => customerQueryOf(address), [address]);
  const list = useLiveList(live.kinds.customers, wanted, 'customers');
  const { query, ids, total, isSearching } = useValue(list.view);
  const { scroller, rows, before, after } = useVirtualRows(list, ROW_HEIGHT);
  const conditions = conditionsOf(query, speech);
  const heading = (column: Column) => (
    <th
      scope="col"
      className={styles[column]}
      aria-sort={
        columns[column].order !== query.order ? 'none' : query.isDescending ? 'descending' : 'ascending'
      }
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() => change({ [names.order]: orderBehind(column, wanted) })}
      >
        {texts[column]}
        <span className={styles.arrow} aria-hidden="true">
          {columns[column].order === query.order && (query.isDescending ? '▾' : '▴')}
        </span>
      </button>
    </th>
  );
  return (
    <Panel
      id="customers"
      heading={texts.heading}
      note={total === undefined ? undefined : texts.count(total)}
      isFlush
    >
      {(ids.length > 0 || conditions.length > 0 || isSearching) && (
        <Filters>
          <FilterField name={names.prefix} label={texts.search} type="search" />
        </Filters>
      )}
      <Loaded loader={list.loader} lines={6}>
        <NewRows list={list} />
        {ids.length === 0 && !isSearching && conditions.length === 0 && (
          <Empty title={texts.empty} hint={texts.emptyHint} />
        )}
        {ids.length === 0 && !isSearching && conditions.length > 0 && (
          <NothingFound conditions={conditions} clear={() => change({ [names.prefix]: undefined })} />
        )}
        {ids.length > 0 && (
          <div ref={scroller} className={listStyles.scroller} data-scroller data-searching={isSearching}>
            <table className={styles.table} aria-rowcount={total === undefined ? -1 : total + 1}>
              <thead>
                <tr>
                  {heading('customerId')}
                  {heading('flightCount')}
                  {heading('recentReserveDate')}
                  <th scope="col" className={styles.canceledCount}>
                    {texts.canceledCount}
                  </th>
                  {heading('updatedAt')}
                </tr>
              </thead>
              <Spacer height={before} />
              <tbody>
                {rows.map((row) => (
                  <CustomerRow key={row.id} {...row} />
                ))}
              </tbody>
              <Spacer height={after} />
            </table>
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
