import { useState } from 'react';
import { formatTime } from '#desk/app/format.ts';
import type { GraphResult } from '#desk/data/graph.ts';
import badge from '#desk/sections/bookings/status-badge.module.css';
import { useLanguage, useTexts, wordsFor } from '#desk/texts/texts.ts';
import { TraceLink } from '../../../trace/trace-link.tsx';
import { sagaOperation } from '../data/operations.ts';
import type { Reservation, Saga } from '../data/rows.ts';
import { formatInstant } from '../format.ts';
import styles from '../operate.module.css';
import { useOperating } from '../operating.ts';
import { useOperateTexts } from '../texts/texts.ts';

/** A reservation, whose steps are asked for when somebody opens it. */
export function SagaRow({ row }: { readonly row: Reservation }) {
  const { graph } = useOperating();
  const language = useLanguage();
  const words = useTexts();
  const { sagas: texts } = useOperateTexts();
  const [result, setResult] = useState<GraphResult<{ readonly reservation: Saga | null }>>();
  const saga = result?.data?.reservation;
  return (
    <li>
      <details
        onToggle={({ currentTarget }) => {
          if (currentTarget.open) void graph.query(sagaOperation, { id: row.id }).then(setResult);
        }}
      >
        <summary>
          <code>{row.reference}</code>
          <span className={badge.badge} data-status={row.status}>
            {texts.statuses[row.status]}
          </span>
          {row.cancelReason !== null && <span className={styles.quiet}>{row.cancelReason}</span>}
          <span>{row.customerId}</span>
          <span className={styles.quiet}>
            {texts.seats(row.seatQty)} · {formatInstant(row.placedAt, language)}
          </span>
        </summary>
        {result?.problem && <p role="alert">{wordsFor(result.problem, words)}</p>}
        {saga && <Steps reference={row.reference} saga={saga} />}
      </details>
    </li>
  );
}

function Steps({ reference, saga }: { readonly reference: string; readonly saga: Saga }) {
  const language = useLanguage();
  const { traceUrl } = useOperating();
  const { sagas: texts } = useOperateTexts();
  const { history, payment, id } = saga;
  return (
    <div className={styles.steps}>
      <p className={styles.quiet}>
        <code>{id}</code>
        {payment && ` · ${texts.payment} ${payment.status}`}
      </p>
      {history.length === 0 && <p>{texts.noSteps}</p>}
      <ol aria-label={texts.steps(reference)}>
        {history.map(({ event, service, at, detail, traceId }) => (
          <li key={`${event} ${at}`}>
            <time dateTime={at}>{formatTime(at, language)}</time> <strong>{event}</strong>{' '}
            <span className={styles.quiet}>
              {service}
              {detail !== null && ` · ${detail}`}
              {traceId !== null && (
                <>
                  {' · '}
                  <TraceLink id={traceId} url={traceUrl} name={texts.trace} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
