import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useServices, useValue } from '../../app/context.ts';
import dialogStyles from '../../app/dialog.module.css';
import { Dialog } from '../../app/dialog.tsx';
import { FormError } from '../../app/form-error.tsx';
import { formatDate, formatMoney } from '../../app/format.ts';
import { isOpen } from '../../data/problem.ts';
import type { Flight } from '../../data/rows.ts';
import { useLanguage, useTexts, wordsFor } from '../../texts/texts.ts';
import { isDeparted } from './departed.ts';
import { type FlightChanges, takenOf } from './flight-changes.ts';
import styles from './flights.module.css';
import { useFlightChanges } from './use-flight-changes.ts';

/** A button with the dialog that it opens. @param flight as it is, also when it changes meanwhile */
export function EditFlight({ flight }: { readonly flight: Flight }) {
  const { flights: texts } = useTexts();
  const [isEditing, setIsEditing] = useState(false);
  const close = () => setIsEditing(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setIsEditing(true)}>
        {texts.edit}
      </Button>
      {isEditing && <Form flight={flight} close={close} />}
    </>
  );
}

function Form({ flight, close }: { readonly flight: Flight; readonly close: () => void }) {
  const texts = useTexts();
  const { read, wrong, dismiss, isSending, handlers, field } = useFlightChanges(flight, close);
  const { fields } = texts.flights;
  return (
    <Dialog heading={texts.flights.editHeading(flight.flightCode)} close={close} isLocked={isSending}>
      <form noValidate aria-busy={isSending} {...handlers}>
        <div className={styles.form}>
          {wrong && (
            <FormError
              title={isOpen(wrong) ? texts.flights.changeNotKnown : texts.flights.changeFailed}
              isOpen={isOpen(wrong)}
              close={dismiss}
            >
              {wordsFor(wrong, texts)}
            </FormError>
          )}
          <TextInput {...field('takeoffDate', texts.flights.departure, fields.takeoffDate)} type="date" />
          <div className={styles.pair}>
            <TextInput
              {...field('cost', `${texts.flights.price} (${flight.currency})`, fields.cost)}
              inputMode="decimal"
            />
            <TextInput
              {...field('capacity', texts.flights.seats, texts.flights.notBelow(takenOf(flight)))}
              inputMode="numeric"
            />
          </div>
          {'changes' in read && <Consequences flight={flight} changes={read.changes} />}
        </div>
        <div className={dialogStyles.buttons}>
          <Button variant="default" aria-disabled={isSending} onClick={() => isSending || close()}>
            {texts.dialog.cancel}
          </Button>
          <Button
            type="submit"
            aria-disabled={isSending}
            disabled={'problem' in read || Object.keys(read.changes).length === 0}
          >
            {isSending ? texts.flights.saving : texts.flights.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ConsequencesProps {
  readonly flight: Flight;
  readonly changes: FlightChanges;
}

/** What the changes will do, before they are made. */
function Consequences({ flight, changes: { cost, takeoffDate, capacity } }: ConsequencesProps) {
  const { flights: texts } = useTexts();
  const language = useLanguage();
  const day = useValue(useServices().today);
  const taken = takenOf(flight);
  const money = (amount: number) => formatMoney(amount, language, flight.currency);
  const said = [
    ...(cost === undefined || cost === null ? [] : [texts.newCost(money(flight.cost), money(cost), taken)]),
    ...(takeoffDate ? [texts.newDate(formatDate(takeoffDate, language))] : []),
    ...(takeoffDate && isDeparted({ takeoffDate }, day) ? [texts.pastDeparture] : []),
    ...(capacity === undefined || capacity === null ? [] : [texts.newCapacity(capacity, capacity - taken)]),
  ];
  return (
    <output>
      <ul className={styles.consequences}>
        {said.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </output>
  );
}
