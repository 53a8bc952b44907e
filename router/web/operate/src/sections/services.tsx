import type { ReactNode } from 'react';
import { useValue } from '#desk/app/context.ts';
import { formatDuration, formatNumber, formatPercent, formatTime } from '#desk/app/format.ts';
import { Panel, Waiting } from '#desk/app/panel.tsx';
import { useLanguage, useTexts, wordsFor } from '#desk/texts/texts.ts';
import type { Polled } from '../data/poll.ts';
import type { Service } from '../data/rows.ts';
import { formatInstant, formatMemory, formatRate } from '../format.ts';
import styles from '../operate.module.css';
import { useOperating } from '../operating.ts';
import { useOperateTexts } from '../texts/texts.ts';
import { CheckName } from './named.tsx';

export function Services({ services }: { readonly services: readonly string[] }) {
  const texts = useOperateTexts();
  return (
    <Panel id="services" heading={texts.services.heading}>
      {services.length === 0 ? (
        <None />
      ) : (
        <ul className={styles.cards}>
          {services.map((name) => (
            <ServiceCard key={name} name={name} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Which services there are the router says. */
function None() {
  const polled = useValue(useOperating().router);
  return polled.problem ? <Away polled={polled} /> : <Waiting lines={6} />;
}

type State = Service['state'] | 'away' | 'asking';

const stateOf = ({ value, problem }: Polled<Service>): State =>
  problem ? 'away' : (value?.state ?? 'asking');

export function StateBadge({ state }: { readonly state: State }) {
  const { services: texts } = useOperateTexts();
  return (
    <span className={styles.badge} data-state={state}>
      {texts[state]}
    </span>
  );
}

function ServiceCard({ name }: { readonly name: string }) {
  const { serviceOf } = useOperating();
  const polled = useValue(serviceOf(name));
  return (
    <li className={styles.card} aria-label={name}>
      <div className={styles.cardHead}>
        <h3>{name}</h3>
        <StateBadge state={stateOf(polled)} />
      </div>
      <Away polled={polled} />
      {polled.value && !polled.problem && <Status service={polled.value} />}
    </li>
  );
}

/** Why there is nothing of it, and since when. */
export function Away({ polled: { problem, at } }: { readonly polled: Polled<unknown> }) {
  const language = useLanguage();
  const words = useTexts();
  const { services: texts } = useOperateTexts();
  if (!problem) return null;
  return (
    <p className={styles.away}>
      {wordsFor(problem, words)} {at === undefined ? texts.never : texts.lastSeen(formatTime(at, language))}
    </p>
  );
}

function Status({ service }: { readonly service: Service }) {
  const language = useLanguage();
  const all = useOperateTexts();
  const { services: texts, unknown } = all;
  const { rates, outbox, deadLetters } = service;
  const age = outbox?.oldestMs == null ? undefined : formatDuration(outbox.oldestMs, language);
  return (
    <>
      <ul className={styles.faults}>
        {service.checks
          .filter(({ ok }) => !ok)
          .map((check) => (
            <li key={check.name}>
              <CheckName name={check.name} />: <span lang="en">{check.reason}</span>
            </li>
          ))}
      </ul>
      <dl className={styles.facts}>
        <Fact name={texts.version}>{service.version}</Fact>
        <Fact name={texts.started}>{formatInstant(service.startedAt, language)}</Fact>
        <Fact name={texts.outbox}>{outbox ? texts.outboxOf(outbox.waiting, age) : unknown}</Fact>
        <Fact name={texts.deadLetters} isBad={(deadLetters ?? 0) > 0}>
          {deadLetters === null ? unknown : formatNumber(deadLetters, language)}
        </Fact>
        <Fact name={texts.operations}>
          {formatRate(rates.operationsPerSecond, rates.operationP95Ms, language, all)}
        </Fact>
        <Fact name={texts.events}>{formatRate(rates.eventsPerSecond, rates.eventP95Ms, language, all)}</Fact>
        <Fact name={texts.loop}>{formatPercent(rates.loopUtilization, language)}</Fact>
        <Fact name={texts.memory}>{formatMemory(rates.memoryBytes, language)}</Fact>
      </dl>
      <Streams service={service} />
      <Replicas service={service} />
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly isBad?: boolean;
  readonly children: ReactNode;
}

export function Fact({ name, isBad = false, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-bad={isBad}>{children}</dd>
    </div>
  );
}

function Streams({ service: { name, streams } }: { readonly service: Service }) {
  const language = useLanguage();
  const { services: texts, unknown } = useOperateTexts();
  if (streams === null) return <p className={styles.quiet}>{`${texts.lag}: ${unknown}`}</p>;
  return (
    <table className={styles.table} aria-label={texts.streams(name)}>
      <thead>
        <tr>
          <th scope="col">{texts.stream}</th>
          <th scope="col">{texts.lag}</th>
          <th scope="col">{texts.pending}</th>
        </tr>
      </thead>
      <tbody>
        {streams.map(({ stream, lag, pending }) => (
          <tr key={stream}>
            <th scope="row">{stream.replace('airline:', '')}</th>
            <td>{formatNumber(lag, language)}</td>
            <td>{formatNumber(pending, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Replicas({ service: { replica, replicas } }: { readonly service: Service }) {
  const language = useLanguage();
  const { services: texts, unknown } = useOperateTexts();
  return (
    <div className={styles.replicas}>
      <h4>
        {texts.replicas}: {replicas ? formatNumber(replicas.length, language) : unknown}
      </h4>
      <ul>
        {(replicas ?? []).map(({ name, silent, idleMs, pending }) => (
          <li key={name} data-silent={silent}>
            <code>{name}</code>
            {name === replica && <span> · {texts.responds}</span>}
            {silent && <span> · {texts.silent(formatDuration(idleMs, language))}</span>}
            {pending > 0 && (
              <span>
                {' '}
                · {texts.pending} {formatNumber(pending, language)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
