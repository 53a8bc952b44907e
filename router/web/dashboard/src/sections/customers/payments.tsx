import { useEffect, useMemo } from 'react';
import { useAddress } from '../../app/address.ts';
import { useRow, useServices, useValue } from '../../app/context.ts';
import { formatMoney } from '../../app/format.ts';
import { Moment } from '../../app/moment.tsx';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import { untilSettled } from '../../data/throttled.ts';
import listStyles from '../../lists/lists.module.css';
import { Spacer } from '../../lists/spacer.tsx';
import { useLiveList } from '../../lists/use-live-list.ts';
import { useVirtualRows, type VirtualRow } from '../../lists/use-virtual-rows.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import styles from './customers.module.css';

const ROW_HEIGHT = 36;

/** A customer's payments, newest first; read again when a booking of theirs is pushed. */
export function Payments({ customerId }: { readonly customerId: string }) {
  const { live, store, later } = useServices();
  const { payments: texts } = useTexts();
  const query = useMemo(() => ({ customerId }), [customerId]);
  const list = useLiveList(live.kinds.payments, query, 'payments');
  const { ids, total } = useValue(list.view);
  const { scroller, rows, before, after } = useVirtualRows(list, ROW_HEIGHT);

  useEffect(() => {
    const pushed = untilSettled(list.loader.request, later);
    const isTheirs = (id: string) => store.reservations.get(id)?.row.customerId === customerId;
    return store.reservations.join({
      arrived: (origins) => {
        if ([...origins].some(([id, origin]) => origin !== 'loaded' && isTheirs(id))) pushed();
      },
      holds: () => false,
    });
  }, [store, list, later, customerId]);

  return (
    <Panel
      id="payments"
      heading={texts.heading}
      note={total === undefined ? undefined : texts.count(total)}
      isFlush
    >
      <Loaded loader={list.loader} lines={4}>
        {ids.length === 0 && <Empty title={texts.empty} />}
        {ids.length > 0 && (
          <div ref={scroller} className={listStyles.scroller} data-scroller>
            <table className={styles.table} aria-rowcount={total === undefined ? -1 : total + 1}>
              <thead>
                <tr>
                  <th scope="col">{texts.amount}</th>
                  <th scope="col">{texts.status}</th>
                  <th scope="col">{texts.paidAt}</th>
                  <th scope="col">{texts.refundedAt}</th>
                  <td />
                </tr>
              </thead>
              <Spacer height={before} />
              <tbody>
                {rows.map((row) => (
                  <PaymentRow key={row.id} {...row} />
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

function PaymentRow({ id, index, attributes }: VirtualRow) {
  const { store } = useServices();
  const texts = useTexts();
  const language = useLanguage();
  const { openBooking } = useAddress();
  const row = useRow(store.payments, id)?.row;
  if (!row) return null;
  const { cost, currency, status, paidAt, refundedAt, reservation } = row;
  const time = (at: string | null | undefined) => (at ? <Moment instant={at} /> : '–');
  return (
    <tr {...attributes} className={styles.row} aria-rowindex={index + 2}>
      <th scope="row">{formatMoney(cost, language, currency)}</th>
      <td>{texts.history.paymentStatus[status]}</td>
      <td>{time(paidAt)}</td>
      <td>{time(refundedAt)}</td>
      <td>
        <button type="button" className={styles.open} onClick={() => openBooking(reservation.id)}>
          {texts.payments.booking}
        </button>
      </td>
    </tr>
  );
}
