import './response.css';
import { pick, ResponseEditor, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useId, useLayoutEffect, useState } from 'react';
import type { Exchange } from '../data/exchange.ts';
import type { Workspace } from '../data/workspace.ts';
import { TabList } from '../tab-list.tsx';
import { useTexts } from '../texts/texts.ts';
import { useValue } from '../use-value.ts';
import { Parts } from './parts.tsx';
import { PlanView } from './plan-view.tsx';

type Detail = 'plan' | 'parts' | 'headers';

/** A response, and how it came about. */
export function Response({ workspace }: { readonly workspace: Workspace }) {
  const { response: texts } = useTexts();
  const exchange = useExchange(workspace);
  const [detail, setDetail] = useState<Detail>('plan');
  const id = useId();
  const isSubscription = exchange?.operation === 'subscription';
  const counted = exchange?.parts.at(-1)?.number;
  // What a subscription brings are its events.
  useEffect(() => {
    if (isSubscription) setDetail('parts');
  }, [isSubscription]);
  const details: readonly (readonly [Detail, string])[] = [
    ['plan', texts.plan],
    ['parts', `${isSubscription ? texts.events : texts.parts}${counted ? ` ${counted}` : ''}`],
    ['headers', texts.headers],
  ];
  return (
    <section className="response" aria-label={texts.label}>
      <Summary exchange={exchange} />
      <div className="result">
        <ResponseEditor aria-label={texts.result} />
      </div>
      <TabList label={texts.label} tabs={details} chosen={detail} choose={setDetail} panel={id} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: else nobody scrolls it by keyboard */}
      <div className="detail" id={id} role="tabpanel" aria-label={texts[detail]} tabIndex={0}>
        {detail === 'plan' && <PlanView workspace={workspace} plan={exchange?.plan} />}
        {detail === 'parts' && <Parts workspace={workspace} exchange={exchange} />}
        {detail === 'headers' && <Headers exchange={exchange} />}
      </div>
    </section>
  );
}

/** That of the active tab, which shows its late result, too; those of closed tabs are forgotten. */
function useExchange({ tab, exchanges }: Workspace): Exchange | undefined {
  const { tabs, activeTabIndex, responseEditor } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'responseEditor'),
  );
  const { updateActiveTabValues } = useGraphiQLActions();
  const all = useValue(exchanges);
  const active = tabs[activeTabIndex]?.id ?? '';
  const exchange = all.get(active);
  const late = exchange?.late;
  const ids = tabs.map(({ id }) => id).join(' ');
  useLayoutEffect(() => tab.set(active), [tab, active]);
  useEffect(() => {
    const open = [...exchanges.get()].filter(([id]) => ids.split(' ').includes(id));
    exchanges.set(new Map(open));
  }, [ids, exchanges]);
  useEffect(() => {
    if (late === undefined) return;
    responseEditor?.setValue(late);
    updateActiveTabValues({ response: late });
  }, [late, active, responseEditor, updateActiveTabValues]);
  return exchange;
}

/** Status, time and size. */
function Summary({ exchange }: { readonly exchange: Exchange | undefined }) {
  const { response: texts } = useTexts();
  if (!exchange) return <p className="summary">{texts.nothing}</p>;
  const { status, ms, bytes, isRunning } = exchange;
  return (
    <dl className="summary">
      {status !== undefined && (
        <div>
          <dt>{texts.status}</dt>
          <dd className={status < 400 ? 'good' : 'bad'}>{status}</dd>
        </div>
      )}
      {ms !== undefined && (
        <div>
          <dt>{texts.time}</dt>
          <dd>{texts.ms(ms)}</dd>
        </div>
      )}
      {bytes !== undefined && (
        <div>
          <dt>{texts.size}</dt>
          <dd>{texts.bytes(bytes)}</dd>
        </div>
      )}
      {isRunning && (
        <div>
          <dt className="hidden">{texts.status}</dt>
          <dd>{texts.running}</dd>
        </div>
      )}
    </dl>
  );
}

function Headers({ exchange }: { readonly exchange: Exchange | undefined }) {
  const { response: texts } = useTexts();
  if (!exchange?.headers) return <p>{exchange ? texts.noHeaders : texts.nothing}</p>;
  return (
    <dl className="fields">
      {exchange.headers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
