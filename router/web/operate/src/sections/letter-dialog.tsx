import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import styles from '#desk/app/dialog.module.css';
import { Dialog } from '#desk/app/dialog.tsx';
import { FormError } from '#desk/app/form-error.tsx';
import { useSubmitOnce } from '#desk/app/submit-once.ts';
import type { Problem } from '#desk/data/problem.ts';
import { useTexts, wordsFor } from '#desk/texts/texts.ts';
import { operationsOf } from '../data/operations.ts';
import { useOperating } from '../operating.ts';
import { useOperateTexts } from '../texts/texts.ts';

/** What an operator is about to do: with one event, or with all of a type. */
export type Act =
  | {
      readonly kind: 'replay';
      readonly service: string;
      readonly eventId: string;
      readonly eventType?: never;
    }
  | {
      readonly kind: 'replay';
      readonly service: string;
      readonly eventType: string;
      readonly eventId?: never;
    }
  | { readonly kind: 'drop'; readonly service: string; readonly eventId: string; readonly eventType?: never };

const LONGEST_REASON = 500;

interface LetterDialogProps {
  readonly act: Act;
  readonly close: (isDone: boolean) => void;
}

/** Asks once more, and for a reason where an event is dropped; says what happened. */
export function LetterDialog({ act, close }: LetterDialogProps) {
  const { graph, announcer } = useOperating();
  const words = useTexts();
  const { letters: texts } = useOperateTexts();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [isMissing, setIsMissing] = useState(false);
  const isDrop = act.kind === 'drop';
  const field = useRef<HTMLInputElement>(null);

  async function run(): Promise<void> {
    const isEmpty = isDrop && reason.trim() === '';
    setIsMissing(isEmpty);
    if (isEmpty) {
      field.current?.focus();
      return;
    }
    const { replay, drop } = operationsOf(act.service);
    const { data, problem } =
      act.kind === 'drop'
        ? await graph.mutate(drop, { eventIds: [act.eventId], reason: reason.trim() })
        : await graph.mutate(
            replay,
            act.eventId === undefined ? { eventType: act.eventType } : { eventIds: [act.eventId] },
          );
    setProblem(problem);
    if (!data) return;
    announcer.announce(isDrop ? texts.dropped(data.count) : texts.replayed(data.count));
    close(true);
  }

  const { isSending, handlers } = useSubmitOnce(run, setProblem);
  const title =
    act.eventType === undefined
      ? texts.replayTitle
      : texts.replayAllTitle(words.history.events[act.eventType] ?? act.eventType);
  return (
    <Dialog heading={isDrop ? texts.dropTitle : title} close={() => close(false)} isLocked={isSending}>
      {/* What is missing is said at its field, in the language of the page and not of the browser. */}
      <form {...handlers} noValidate>
        <div className={styles.text}>
          <p>{isDrop ? texts.dropText : texts.replayText}</p>
          {isDrop && (
            <TextInput
              label={texts.reason}
              value={reason}
              onChange={({ currentTarget }) => {
                setReason(currentTarget.value);
                setIsMissing(false);
              }}
              maxLength={LONGEST_REASON}
              error={isMissing && texts.reasonMissing}
              ref={field}
              required
              withAsterisk={false}
            />
          )}
          {problem && <FormError close={() => setProblem(undefined)}>{wordsFor(problem, words)}</FormError>}
        </div>
        <div className={styles.buttons}>
          <Button variant="default" aria-disabled={isSending} onClick={() => isSending || close(false)}>
            {texts.cancel}
          </Button>
          <Button type="submit" aria-disabled={isSending} {...(isDrop && { color: 'red' })}>
            {isDrop ? texts.drop : texts.replay}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
