import { Button, TextInput } from '@mantine/core';
import { memo, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useList, useLit, useRow, useServices, useValue } from '../../app/context.ts';
import { formatDate, formatNumber, formatTime } from '../../app/format.ts';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import styles from './customers.module.css';
import { type Column, foundAndSorted, type Sorting, sortedBy } from './sorting.ts';

const PER_PAGE = 12;
const columns: readonly Column[] = [
  'customerId',
  'flightCount',
  'recentReserveDate',
  'canceledCount',
  'updatedAt',
];

/** Who reserved how often, with what was last. */
export function Customers() {
  const { store, live } = useServices();
  const texts = useTexts();
  const entries = useList(store.customers);
  const total = useValue(live.customerCount);
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting>({ column: 'updatedAt', isDescending: true });
  const [wantedPage, setPage] = useState(0);
  const wanted = useDeferredValue(search);
  const found = useMemo(() => foundAndSorted(entries, wanted, sorting), [entries, wanted, sorting]);
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const page = Math.min(wantedPage, pages - 1);
  const isPartial = total !== undefined && total > entries.length;

  useEffect(() => {
    const name = wanted.trim();
    if (isPartial && name !== '' && found.length === 0) live.needCustomer(name);
  }, [isPartial, wanted, found.length, live]);

  return (
    <Panel
      id="customers"
      heading={texts.customers.heading}
      note={total ? texts.customers.count(total) : undefined}
      actions={
        <TextInput
          type="search"
          size="xs"
          className={styles.search}
          aria-label={texts.customers.search}
          placeholder={texts.customers.search}
          value={search}
          onChange={({ currentTarget }) => {
            setSearch(currentTarget.value);
            setPage(0);
          }}
        />
      }
      isFlush
    >
      <Loaded loader={live.customers} lines={6}>
        {entries.length === 0 && <Empty title={texts.customers.empty} hint={texts.customers.emptyHint} />}
        {entries.length > 0 && found.length === 0 && <Empty title={texts.customers.noMatch(search)} />}
        {found.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <Heading
                    key={column}
                    column={column}
                    sorting={sorting}
                    sort={() => {
                      setSorting(sortedBy(column, sorting));
                      setPage(0);
                    }}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {found.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map(({ row }) => (
                <CustomerRow key={row.customerId} id={row.customerId} />
              ))}
            </tbody>
          </table>
        )}
        {pages > 1 && (
          <nav className={styles.paging} aria-label={texts.customers.heading}>
            <Button
              size="compact-sm"
              variant="default"
              disabled={page === 0}
              onClick={() => setPage(page - 1)}
            >
              {texts.customers.previous}
            </Button>
            <span>{texts.customers.page(page + 1, pages)}</span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={page === pages - 1}
              onClick={() => setPage(page + 1)}
            >
              {texts.customers.next}
            </Button>
          </nav>
        )}
        {isPartial && <p className={styles.partial}>{texts.customers.partial(entries.length)}</p>}
      </Loaded>
    </Panel>
  );
}

interface HeadingProps {
  readonly column: Column;
  readonly sorting: Sorting;
  readonly sort: () => void;
}

function Heading({ column, sorting, sort }: HeadingProps) {
  const texts = useTexts();
  const isSorted = sorting.column === column;
  const direction = sorting.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={styles[column]} aria-sort={isSorted ? direction : 'none'}>
      <button type="button" className={styles.sort} onClick={sort}>
        {texts.customers[column]}
        <span className={styles.arrow} aria-hidden="true">
          {isSorted && (sorting.isDescending ? '▾' : '▴')}
        </span>
      </button>
    </th>
  );
}

const CustomerRow = memo(function CustomerRow({ id }: { readonly id: string }) {
  const { store } = useServices();
  const entry = useRow(store.customers, id);
  const language = useLanguage();
  const isLit = useLit(entry?.pushedAt);
  if (!entry) return null;
  const { flightCount, recentReserveDate, canceledCount, updatedAt } = entry.row;
  return (
    <tr className={styles.row} data-lit={isLit}>
      <th scope="row" className={styles.customerId}>
        {id}
      </th>
      <td className={styles.flightCount}>{formatNumber(flightCount, language)}</td>
      <td className={styles.recentReserveDate}>
        {recentReserveDate ? (
          <time dateTime={recentReserveDate}>{formatDate(recentReserveDate, language)}</time>
        ) : (
          '–'
        )}
      </td>
      <td className={styles.canceledCount} data-none={canceledCount === 0}>
        {formatNumber(canceledCount, language)}
      </td>
      <td className={styles.updatedAt}>
        <time dateTime={updatedAt}>{formatTime(updatedAt, language)}</time>
      </td>
    </tr>
  );
});
