import { useState } from 'react';
import { formatTime } from '#desk/app/format.ts';
import type { GraphResult } from '#desk/data/graph.ts';
import { StatusBadge } from '#desk/sections/bookings/status-badge.tsx';
import { detailOf } from '#desk/sections/history/step-text.ts';
import { useLanguage, useTexts, wordsFor } from '#desk/texts/texts.ts';
import { TraceLink } from '../../../trace/trace-link.tsx';
import { sagaOperation } from '../data/operations.ts';
import type { Reservation, Saga } from '../data/rows.ts';
import { formatInstant } from '../format.ts';
import styles from '../operate.module.css';
import { useOperating } from '../operating.ts';
import { useOperateTexts } from '../texts/texts.ts';
import { EventName } from './named.tsx';

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
          <StatusBadge status={row.status} reason={row.cancelReason} />
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
  const words = useTexts();
  const { sagas: texts } = useOperateTexts();
  const { history, payment, id, flightId } = saga;
  const paymentStatus: Readonly<Record<string, string>> = words.history.paymentStatus;
  return (
    <div className={styles.steps}>
      <p className={styles.quiet}>
        {texts.reservation} <code>{id}</code> · {words.bookings.flight} <code>{flightId}</code>
        {payment && ` · ${texts.payment}: ${paymentStatus[payment.status] ?? payment.status}`}
      </p>
      {history.length === 0 && <p>{texts.noSteps}</p>}
      <ol aria-label={texts.steps(reference)}>
        {history.map((step) => (
          <li key={`${step.event} ${step.at}`}>
            <time dateTime={step.at}>{formatTime(step.at, language)}</time>{' '}
            <strong>
              <EventName type={step.event} />
            </strong>{' '}
            <span className={styles.quiet}>
              {[words.history.services[step.service] ?? step.service, detailOf(step, words, language)]
                .filter((part) => part !== '')
                .join(' · ')}
              {step.traceId !== null && (
                <>
                  {' · '}
                  <TraceLink id={step.traceId} url={traceUrl} name={texts.trace} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
