import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useServices, useValue } from '../../app/context.ts';
import dialogStyles from '../../app/dialog.module.css';
import { Dialog } from '../../app/dialog.tsx';
import { FormError } from '../../app/form-error.tsx';
import { dayOf } from '../../app/format.ts';
import { amountOf, currencies, DEFAULT_CURRENCY, isBlank, missing, wholeNumber } from '../../app/input.ts';
import { useSubmitOnce } from '../../app/submit-once.ts';
import { useTyped } from '../../app/typed.ts';
import { isOpen, type Problem } from '../../data/problem.ts';
import { RegisterFlightDocument } from '../../generated/graphql.ts';
import { useTexts, wordsFor } from '../../texts/texts.ts';
import { isDeparted } from './departed.ts';
import styles from './flights.module.css';

type Field = 'flightCode' | 'takeoffDate' | 'cost' | 'currency' | 'remainingSeatsCount';

/** A button with the dialog that it opens. */
export function RegisterFlight() {
  const texts = useTexts();
  const [isOpen, setIsOpen] = useTyped('register', false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>
        {texts.flights.register}
      </Button>
      {isOpen && <Form close={() => setIsOpen(false)} />}
    </>
  );
}

function Form({ close }: { readonly close: () => void }) {
  const { graph, store, live, announcer, today } = useServices();
  const texts = useTexts();
  const day = useValue(today);
  const [input, setInput] = useTyped('flight-input', {
    flightCode: '',
    takeoffDate: dayOf(Date.now() + 30 * 86_400_000),
    cost: '200000',
    currency: DEFAULT_CURRENCY,
    remainingSeatsCount: '60',
  });
  const [wrong, setWrong] = useState<Problem>();

  async function register(): Promise<void> {
    const cost = amountOf(input.cost, input.currency);
    const seats = wholeNumber(input.remainingSeatsCount);
    if (isBlank(input.flightCode)) return setWrong(missing('flightCode'));
    if (input.takeoffDate === '') return setWrong(missing('takeoffDate'));
    if (cost === undefined) return setWrong(missing('cost'));
    if (seats === undefined || seats < 1) return setWrong(missing('remainingSeatsCount'));
    const { flightCode, takeoffDate, currency } = input;
    const asOf = live.ticks.next();
    const { data, problem } = await graph.mutate(RegisterFlightDocument, {
      input: { flightCode: flightCode.trim(), takeoffDate, cost, currency, remainingSeatsCount: seats },
    });
    if (!data) return setWrong(problem);
    store.flights.put(data.registerFlight.flight, asOf, performance.now());
    store.touch();
    announcer.announce(texts.flights.registered(flightCode));
    close();
  }

  const { isSending, handlers } = useSubmitOnce(register, setWrong);
  const field = (name: Field, label: string) => ({
    label,
    value: input[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
      setInput({ ...input, [name]: currentTarget.value }),
    error: wrong?.field === name && texts.flights.fields[name],
  });
  const isGeneral = wrong && !(wrong.field !== undefined && wrong.field in texts.flights.fields);
  return (
    <Dialog heading={texts.flights.register} close={close} isLocked={isSending}>
      <form noValidate aria-busy={isSending} {...handlers}>
        <div className={styles.form}>
          {isGeneral && (
            <FormError
              title={isOpen(wrong) ? texts.flights.notKnown : texts.flights.failed}
              isOpen={isOpen(wrong)}
              close={() => setWrong(undefined)}
            >
              {isOpen(wrong) ? texts.flights.noResponse : wordsFor(wrong, texts)}
            </FormError>
          )}
          <TextInput {...field('flightCode', texts.flights.code)} placeholder="ACE890" maxLength={40} />
          <TextInput {...field('takeoffDate', texts.flights.departure)} type="date" />
          <output className={styles.warning}>{isDeparted(input, day) && texts.flights.pastDeparture}</output>
          <div className={styles.pair}>
            <TextInput {...field('cost', texts.flights.price)} inputMode="decimal" />
            <NativeSelect {...field('currency', texts.flights.currency)} data={[...currencies]} />
          </div>
          <TextInput {...field('remainingSeatsCount', texts.flights.seats)} inputMode="numeric" />
        </div>
        <div className={dialogStyles.buttons}>
          <Button variant="default" aria-disabled={isSending} onClick={() => isSending || close()}>
            {texts.dialog.cancel}
          </Button>
          <Button type="submit" aria-disabled={isSending}>
            {isSending ? texts.flights.registering : texts.flights.register}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
