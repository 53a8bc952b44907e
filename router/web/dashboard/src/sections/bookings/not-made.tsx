import { useRow, useServices } from '../../app/context.ts';
import { FormError } from '../../app/form-error.tsx';
import { isOpen } from '../../data/problem.ts';
import { useTexts, wordsFor } from '../../texts/texts.ts';
import type { Unmade } from './use-booking.ts';

interface NotMadeProps {
  readonly unmade: Unmade;
  readonly close: () => void;
}

/** Which booking was not made, or is not known to be, and what happens then. Faults of a field are said at the field. */
export function NotMade({ unmade: { problem, input }, close }: NotMadeProps) {
  const { store } = useServices();
  const { bookings, ...texts } = useTexts();
  const code = useRow(store.flights, input?.flightId ?? '')?.row.flightCode ?? '';
  if (problem.field !== undefined && problem.field in bookings.fields) return null;
  const words = wordsFor(problem, { bookings, ...texts });
  const what = input && bookings.what(input.customerId, code, input.seatQty);
  if (isOpen(problem)) {
    return (
      <FormError title={bookings.notKnown} isOpen close={close}>
        {what === undefined ? words : bookings.noResponse(what)}
      </FormError>
    );
  }
  return (
    <FormError title={bookings.failed} close={close}>
      {what === undefined ? words : `${what}: ${words}`}
    </FormError>
  );
}
