import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useValue } from '#desk/app/context.ts';
import { Empty, Panel } from '#desk/app/panel.tsx';
import type { GraphResult } from '#desk/data/graph.ts';
import { useLanguage, useTexts, wordsFor } from '#desk/texts/texts.ts';
import { MOST_LETTERS, operationsOf } from '../data/operations.ts';
import type { DeadLetter } from '../data/rows.ts';
import { formatInstant } from '../format.ts';
import styles from '../operate.module.css';
import { useOperating } from '../operating.ts';
import { useOperateTexts } from '../texts/texts.ts';
import { type Act, LetterDialog } from './letter-dialog.tsx';
import { EventName } from './named.tsx';

const ID = 'dead-letters';

export function DeadLetters({ services }: { readonly services: readonly string[] }) {
  const { letters: texts } = useOperateTexts();
  const [counts, setCounts] = useState<Readonly<Record<string, number | undefined>>>({});
  const total = services.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const unknown = services.filter((name) => counts[name] === undefined);
  return (
    <Panel id={ID} heading={texts.heading} {...(total > 0 && { note: texts.count(total) })}>
      {total === 0 && services.length > 0 && unknown.length === 0 && (
        <Empty title={texts.none} hint={texts.noneHint} />
      )}
      {unknown.length > 0 && <p className={styles.quiet}>{texts.notKnown(unknown.join(', '))}</p>}
      {services.map((name) => (
        <ServiceLetters
          key={name}
          service={name}
          counted={(count) => setCounts((known) => ({ ...known, [name]: count }))}
        />
      ))}
      {total > MOST_LETTERS && <p className={styles.quiet}>{texts.first(MOST_LETTERS)}</p>}
    </Panel>
  );
}

interface ServiceLettersProps {
  readonly service: string;
  /** Called with undefined while it is not known how many there are. */
  readonly counted: (count: number | undefined) => void;
}

/** Those of a service, asked for while it has any. */
function ServiceLetters({ service, counted }: ServiceLettersProps) {
  const { graph, serviceOf } = useOperating();
  const poll = serviceOf(service);
  const { value, at, problem } = useValue(poll);
  const texts = useOperateTexts();
  const words = useTexts();
  const [listed, setListed] = useState<readonly DeadLetter[]>([]);
  const [act, setAct] = useState<Act>();
  const isDoneNow = useRef(false);
  const known = problem ? undefined : (value?.deadLetters ?? undefined);
  const count = value?.deadLetters ?? 0;

  // Each response of the service is a reason to look again.
  useEffect(() => {
    counted(known);
    if (count === 0) {
      setListed([]);
      return;
    }
    let isOver = false;
    void graph.query(operationsOf(service).letters, {}).then(({ data }) => {
      if (data && !isOver) setListed(data.letters);
    });
    return () => {
      isOver = true;
    };
  }, [count, known, at]);

  function close(isDone: boolean): void {
    setAct(undefined);
    isDoneNow.current = isDone;
    if (isDone) poll.again();
  }

  useEffect(() => {
    if (act || !isDoneNow.current) return;
    isDoneNow.current = false;
    // The dialog has given the focus back to a button that goes with its letter.
    document.querySelector<HTMLElement>(`#${ID} h2`)?.focus();
  }, [act]);

  if (count === 0 || listed.length === 0) return null;
  const types = [...new Set(listed.map(({ eventType }) => eventType))];
  return (
    <section className={styles.letters} aria-label={texts.letters.of(service)}>
      <header>
        <h3>{service}</h3>
        {types.map((eventType) => (
          <Button
            key={eventType}
            size="compact-sm"
            variant="default"
            onClick={() => setAct({ kind: 'replay', service, eventType })}
          >
            {texts.letters.replayAll(words.history.events[eventType] ?? eventType)}
          </Button>
        ))}
      </header>
      <ul>
        {listed.map((letter) => (
          <Letter key={letter.eventId} service={service} letter={letter} act={setAct} />
        ))}
      </ul>
      {act && <LetterDialog act={act} close={close} />}
    </section>
  );
}

interface LetterProps {
  readonly service: string;
  readonly letter: DeadLetter;
  readonly act: (act: Act) => void;
}

function Letter({ service, letter, act }: LetterProps) {
  const language = useLanguage();
  const { letters: texts } = useOperateTexts();
  const { eventId } = letter;
  return (
    <li>
      <div className={styles.letterHead}>
        <strong>
          <EventName type={letter.eventType} />
        </strong>
        <code>{eventId}</code>
        <span className={styles.quiet}>
          {letter.stream} · {formatInstant(letter.diedAt, language)} · {texts.deliveries(letter.deliveries)}
        </span>
      </div>
      <p className={styles.error} lang="en">
        {letter.error}
      </p>
      <Event service={service} eventId={eventId} />
      <div className={styles.actions}>
        <Button size="compact-sm" onClick={() => act({ kind: 'replay', service, eventId })}>
          {texts.replay}
        </Button>
        <Button
          size="compact-sm"
          variant="light"
          color="red"
          onClick={() => act({ kind: 'drop', service, eventId })}
        >
          {texts.drop}
        </Button>
      </div>
    </li>
  );
}

/** The event itself, which may be long: it is asked for when somebody wants to see it. */
function Event({ service, eventId }: { readonly service: string; readonly eventId: string }) {
  const { graph } = useOperating();
  const words = useTexts();
  const { letters: texts } = useOperateTexts();
  const [found, setFound] = useState<GraphResult<string | undefined>>();

  async function find(): Promise<void> {
    const result = await graph.query(operationsOf(service).events, {});
    setFound(
      result.problem ? result : { data: result.data.letters.find((each) => each.eventId === eventId)?.event },
    );
  }

  return (
    <details
      className={styles.event}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && !found?.data) void find();
      }}
    >
      <summary>{texts.showEvent}</summary>
      {found?.problem && <p role="alert">{wordsFor(found.problem, words)}</p>}
      {found && !found.problem && (
        <textarea
          readOnly
          rows={12}
          aria-label={texts.showEvent}
          value={found.data === undefined ? texts.gone : readable(found.data)}
        />
      )}
    </details>
  );
}

/** Indented where it is JSON, which it need not be. */
function readable(event: string): string {
  try {
    return JSON.stringify(JSON.parse(event), null, 2);
  } catch {
    return event;
  }
}
