import type { ReactNode } from 'react';
import { useValue } from '#desk/app/context.ts';
import { formatNumber, formatPercent } from '#desk/app/format.ts';
import { Panel, Waiting } from '#desk/app/panel.tsx';
import { useLanguage } from '#desk/texts/texts.ts';
import type { RouterReport } from '../data/rows.ts';
import { formatInstant, formatMemory, formatRate } from '../format.ts';
import styles from '../operate.module.css';
import { useOperating } from '../operating.ts';
import { useOperateTexts } from '../texts/texts.ts';
import { RefusalName } from './named.tsx';
import { Away, Fact } from './services.tsx';

export function RouterAndGraph() {
  const { router } = useOperating();
  const polled = useValue(router);
  const { router: texts } = useOperateTexts();
  return (
    <Panel id="router" heading={texts.heading}>
      <Away polled={polled} />
      {polled.value ? <Report report={polled.value} /> : !polled.problem && <Waiting lines={4} />}
    </Panel>
  );
}

const entries = <Name extends string>(counts: Readonly<Record<Name, number>>) =>
  // The compiler takes the keys of an object for any text.
  Object.entries(counts) as [Name, number][];

function Report({ report }: { readonly report: RouterReport }) {
  const language = useLanguage();
  const all = useOperateTexts();
  const { router: texts, services } = all;
  const { rates, admission, supergraph } = report;
  return (
    <div className={styles.report}>
      <dl className={styles.facts}>
        <Fact name={services.version}>{report.version}</Fact>
        <Fact name={services.started}>{formatInstant(report.startedAt, language)}</Fact>
        <Fact name={texts.supergraph}>
          <code>{supergraph.id}</code>
        </Fact>
        <Fact name={services.operations}>
          {formatRate(rates.operationsPerSecond, rates.operationP95Ms, language, all)}
        </Fact>
        <Fact name={texts.running}>
          {texts.runningOf(admission.running, admission.limit, admission.waiting)}
        </Fact>
        <Fact name={texts.subscriptions}>{formatNumber(report.subscriptions, language)}</Fact>
        <Fact name={services.loop}>{formatPercent(rates.loopUtilization, language)}</Fact>
        <Fact name={services.memory}>{formatMemory(rates.memoryBytes, language)}</Fact>
      </dl>
      <Counts
        heading={texts.operations}
        counts={entries(report.operations).map(([outcome, count]) => [texts.outcomes[outcome], count])}
      />
      <Counts
        heading={texts.refusals}
        counts={entries(report.refusals).map(([code, count]) => [
          code,
          count,
          <RefusalName key={code} code={code} />,
        ])}
        none={texts.noRefusals}
      />
      <Counts
        heading={texts.shed}
        counts={entries(report.shed).map(([reason, count]) => [texts.shedBy[reason], count])}
      />
      <Subgraphs names={supergraph.subgraphs} />
    </div>
  );
}

interface CountsProps {
  readonly heading: string;
  /** What is counted, how often, and how it is shown where that is no text. */
  readonly counts: readonly (readonly [string, number, ReactNode?])[];
  /** What is said when there are none. */
  readonly none?: string;
}

function Counts({ heading, counts, none }: CountsProps) {
  const language = useLanguage();
  return (
    <table className={styles.table}>
      <caption>{heading}</caption>
      <tbody>
        {counts.length === 0 && (
          <tr>
            <td>{none}</td>
          </tr>
        )}
        {counts.map(([name, count, shown = name]) => (
          <tr key={name}>
            <th scope="row">{shown}</th>
            <td>{formatNumber(count, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Subgraphs({ names }: { readonly names: readonly string[] }) {
  const { router: texts, services } = useOperateTexts();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{texts.subgraph}</th>
          <th scope="col">{services.version}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <VersionOf name={name} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function VersionOf({ name }: { readonly name: string }) {
  const { serviceOf } = useOperating();
  const { value, problem } = useValue(serviceOf(name));
  const { unknown } = useOperateTexts();
  return <td>{problem || !value ? unknown : value.version}</td>;
}
