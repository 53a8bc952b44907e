import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useServices } from '../../app/context.ts';
import styles from '../../app/dialog.module.css';
import { Dialog } from '../../app/dialog.tsx';
import { FormError } from '../../app/form-error.tsx';
import { useSubmitOnce } from '../../app/submit-once.ts';
import { isOpen, type Problem } from '../../data/problem.ts';
import { CancelReservationDocument } from '../../generated/graphql.ts';
import { useTexts, wordsFor } from '../../texts/texts.ts';
import { useFollow } from './use-outcomes.ts';

interface CancelDialogProps {
  readonly id: string;
  readonly close: () => void;
  /** What has the focus after the cancellation: the button that led here is gone then. */
  readonly focusAfter: () => HTMLElement | null;
}

/** Asks whether to cancel a booking, does it, and is there until that is known. */
export function CancelDialog({ id, close, focusAfter }: CancelDialogProps) {
  const { graph, store, live } = useServices();
  const texts = useTexts();
  const follow = useFollow();
  const [problem, setProblem] = useState<Problem>();
  const isDone = useRef(false);
  const row = store.reservations.get(id)?.row;
  const code = row && store.flights.get(row.flightId)?.row.flightCode;

  const { isSending, handlers } = useSubmitOnce(async () => {
    setProblem(undefined);
    follow(id);
    const asOf = live.ticks.next();
    const { data, problem } = await graph.mutate(CancelReservationDocument, { input: { id } });
    if (!data) return setProblem(problem);
    store.reservations.put(data.cancelReservation.reservation, asOf, performance.now());
    store.touch();
    isDone.current = true;
    close();
  }, setProblem);

  return (
    <Dialog
      heading={texts.bookings.confirmTitle}
      close={close}
      isLocked={isSending}
      focusAfter={() => (isDone.current ? focusAfter() : null)}
    >
      <form {...handlers}>
        <p className={styles.text}>
          {texts.bookings.confirmText(row?.customerId ?? '', code ?? texts.bookings.unknownFlight)}
        </p>
        {problem && (
          <div className={styles.problem}>
            <FormError
              title={isOpen(problem) ? texts.bookings.cancelNotKnown : texts.bookings.cancelFailed}
              isOpen={isOpen(problem)}
              close={() => setProblem(undefined)}
            >
              {isOpen(problem) ? texts.bookings.cancelNoResponse : wordsFor(problem, texts)}
            </FormError>
          </div>
        )}
        <div className={styles.buttons}>
          <Button variant="default" aria-disabled={isSending} onClick={() => isSending || close()}>
            {texts.bookings.keep}
          </Button>
          <Button color="red" type="submit" aria-disabled={isSending}>
            {isSending ? texts.bookings.canceling : texts.bookings.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
