import { useMemo } from 'react';
import { useQuery } from '../../app/address.ts';
import { useServices, useValue } from '../../app/context.ts';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import type { CustomerQuery } from '../../data/kinds.ts';
import type { View } from '../../data/list.ts';
import { FilterField } from '../../lists/fields.tsx';
import { Filters } from '../../lists/filters.tsx';
import listStyles from '../../lists/lists.module.css';
import { NewRows } from '../../lists/new-rows.tsx';
import { NothingFound } from '../../lists/nothing-found.tsx';
import { Spacer } from '../../lists/spacer.tsx';
import { useLiveList } from '../../lists/use-live-list.ts';
import { useVirtualRows, type VirtualRows } from '../../lists/use-virtual-rows.ts';
import { useSpeech, useTexts } from '../../texts/texts.ts';
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
  const view = useValue(list.view);
  const { query, ids, total, isSearching } = view;
  const virtual = useVirtualRows(list, ROW_HEIGHT);
  const conditions = conditionsOf(query, speech);
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
          <Table
            view={view}
            virtual={virtual}
            sort={(column) => change({ [names.order]: orderBehind(column, wanted) })}
          />
        )}
      </Loaded>
    </Panel>
  );
}

interface TableProps {
  readonly view: View<CustomerQuery>;
  readonly virtual: VirtualRows;
  readonly sort: (column: Column) => void;
}

function Table({ view, virtual, sort }: TableProps) {
  const { customers: texts } = useTexts();
  const { query, total, isSearching } = view;
  const { scroller, rows, before, after } = virtual;
  return (
    <div ref={scroller} className={listStyles.scroller} data-scroller data-searching={isSearching}>
      <table className={styles.table} aria-rowcount={total === undefined ? -1 : total + 1}>
        <thead>
          <tr>
            <Heading column="customerId" query={query} sort={sort} />
            <Heading column="flightCount" query={query} sort={sort} />
            <Heading column="recentReserveDate" query={query} sort={sort} />
            <th scope="col" className={styles.canceledCount}>
              {texts.canceledCount}
            </th>
            <Heading column="updatedAt" query={query} sort={sort} />
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
  );
}

interface HeadingProps extends Pick<TableProps, 'sort'> {
  readonly column: Column;
  readonly query: CustomerQuery;
}

/** Of a column by which the table can be sorted. */
function Heading({ column, query, sort }: HeadingProps) {
  const { customers: texts } = useTexts();
  const isOrder = columns[column].order === query.order;
  return (
    <th
      scope="col"
      className={styles[column]}
      aria-sort={!isOrder ? 'none' : query.isDescending ? 'descending' : 'ascending'}
    >
      <button type="button" className={styles.sort} onClick={() => sort(column)}>
        {texts[column]}
        <span className={styles.arrow} aria-hidden="true">
          {isOrder && (query.isDescending ? '▾' : '▴')}
        </span>
      </button>
    </th>
  );
}
