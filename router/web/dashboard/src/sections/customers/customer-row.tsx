import { Link } from 'wouter';
import { customerPath, useHref } from '../../app/address.ts';
import { useLit, useRow, useServices } from '../../app/context.ts';
import { formatDate, formatNumber } from '../../app/format.ts';
import { Moment } from '../../app/moment.tsx';
import type { VirtualRow } from '../../lists/use-virtual-rows.ts';
import { useLanguage } from '../../texts/texts.ts';
import styles from './customers.module.css';

export function CustomerRow({ id, index, attributes }: VirtualRow) {
  const { store } = useServices();
  const entry = useRow(store.customers, id);
  const language = useLanguage();
  const href = useHref();
  const isLit = useLit(entry?.pushedAt);
  if (!entry) return null;
  const { flightCount, recentReserveDate, canceledCount, updatedAt } = entry.row;
  return (
    <tr {...attributes} className={styles.row} data-lit={isLit} aria-rowindex={index + 2}>
      <th scope="row" className={styles.customerId}>
        <Link href={href(customerPath(id))}>{id}</Link>
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
        <Moment instant={updatedAt} />
      </td>
    </tr>
  );
}
