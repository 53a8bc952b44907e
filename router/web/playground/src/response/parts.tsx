import type { Exchange } from '../data/exchange.ts';
import type { Workspace } from '../data/workspace.ts';
import { useTexts } from '../texts/texts.ts';
import { useValue } from '../use-value.ts';

interface PartsProps {
  readonly workspace: Workspace;
  readonly exchange: Exchange | undefined;
}

/** The events of a subscription, the newest first, or the parts of a response in their order. */
export function Parts({ workspace, exchange }: PartsProps) {
  const { response: texts } = useTexts();
  const pausedAt = useValue(workspace.pausedAt);
  const parts = exchange?.parts ?? [];
  const last = parts.at(-1)?.number ?? 0;
  const end = pausedAt ?? last;
  const isPaused = pausedAt !== undefined;
  const isSubscription = exchange?.operation === 'subscription';
  if (!exchange) return <p>{texts.nothing}</p>;
  const shown = parts.filter(({ number }) => number <= end);
  const listed = isSubscription ? shown.toReversed() : shown;
  const held = last - end;
  return (
    <>
      {isSubscription && exchange.isRunning && (
        <p className="row">
          <button type="button" onClick={() => workspace.pausedAt.set(isPaused ? undefined : last)}>
            {isPaused ? texts.resume : texts.pause}
          </button>
          <span role="status">{held > 0 && texts.held(held)}</span>
        </p>
      )}
      {listed.length === 0 && <p>{isSubscription ? texts.noEvents : texts.noParts}</p>}
      <ol className="parts">
        {listed.map(({ number, ms, label, value }) => (
          <li key={number}>
            <details>
              <summary>
                <span className="number">{texts.part(number)}</span> {label}{' '}
                <span className="soft">{texts.ms(ms)}</span>
              </summary>
              <pre>{JSON.stringify(value, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}
