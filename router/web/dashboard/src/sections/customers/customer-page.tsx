import { useServices } from '../../app/context.ts';
import { formatDate, formatNumber } from '../../app/format.ts';
import { Moment } from '../../app/moment.tsx';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import { Titled } from '../../app/titled.tsx';
import type { Customer } from '../../data/rows.ts';
import { CustomerInfoDocument } from '../../generated/graphql.ts';
import { useRowOfPage } from '../../lists/use-row-of-page.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { BookingsOf } from '../bookings/bookings-of.tsx';
import styles from './customers.module.css';
import { Payments } from './payments.tsx';

/** One customer with their bookings and payments. */
export function CustomerPage({ id }: { readonly id: string }) {
  const { graph, store } = useServices();
  const texts = useTexts();
  const { loader, row, isMissing } = useRowOfPage<Customer>(store.customers, id, async () => {
    const { data, problem } = await graph.query(CustomerInfoDocument, { customerId: id });
    return data ? { data: data.customerInfo ?? null } : { problem };
  });
  return (
    <Titled title={id}>
      <Panel id="customer" heading={id} note={texts.customers.customerId}>
        <Loaded loader={loader} lines={2}>
          {isMissing && <Empty title={texts.customers.missing} />}
          {row && <Facts customer={row} />}
        </Loaded>
      </Panel>
      <BookingsOf of="customer" id={id} />
      <Payments customerId={id} />
    </Titled>
  );
}

function Facts({ customer }: { readonly customer: Customer }) {
  const { customers: texts } = useTexts();
  const language = useLanguage();
  const { flightCount, recentReserveDate, canceledCount, updatedAt } = customer;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{texts.flightCount}</dt>
        <dd>{formatNumber(flightCount, language)}</dd>
      </div>
      <div>
        <dt>{texts.canceledCount}</dt>
        <dd>{formatNumber(canceledCount, language)}</dd>
      </div>
      <div>
        <dt>{texts.recentReserveDate}</dt>
        <dd>{recentReserveDate ? formatDate(recentReserveDate, language) : '–'}</dd>
      </div>
      <div>
        <dt>{texts.updatedAt}</dt>
        <dd>
          <Moment instant={updatedAt} />
        </dd>
      </div>
    </dl>
  );
}
