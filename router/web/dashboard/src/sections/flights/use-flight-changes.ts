import { useState } from 'react';
import { useServices } from '../../app/context.ts';
import { typedAmount } from '../../app/input.ts';
import { useSubmitOnce } from '../../app/submit-once.ts';
import type { Problem } from '../../data/problem.ts';
import type { Flight } from '../../data/rows.ts';
import { UpdateFlightDocument } from '../../generated/graphql.ts';
import { useTexts } from '../../texts/texts.ts';
import { readChanges, type TypedFlight } from './flight-changes.ts';

/** What is typed of a flight, and sent as far as it differs. @param flight as it is, also when it changes meanwhile */
export function useFlightChanges(flight: Flight, close: () => void) {
  const { graph, store, live, announcer } = useServices();
  const { flights: texts } = useTexts();
  /** The rest is as the flight is at the moment, so that what others change meanwhile stays. */
  const [changed, setChanged] = useState<Partial<TypedFlight>>({});
  const typed: TypedFlight = {
    takeoffDate: flight.takeoffDate,
    cost: typedAmount(flight.cost, flight.currency),
    capacity: String(flight.capacity),
    ...changed,
  };
  const [wrong, setWrong] = useState<Problem>();
  const read = readChanges(flight, typed);
  const problem = 'problem' in read ? read.problem : wrong;

  async function update(): Promise<void> {
    if ('problem' in read) return;
    const asOf = live.ticks.next();
    const { data, problem } = await graph.mutate(UpdateFlightDocument, {
      input: { id: flight.id, ...read.changes },
    });
    if (!data) return setWrong(problem);
    store.flights.put(data.updateFlight.flight, asOf, performance.now());
    store.touch();
    announcer.announce(texts.updated(flight.flightCode));
    close();
  }

  const { isSending, handlers } = useSubmitOnce(update, setWrong);
  const field = (name: keyof TypedFlight, label: string, error: string) => ({
    label,
    value: typed[name],
    readOnly: isSending,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      setChanged({ ...changed, [name]: currentTarget.value });
      setWrong(undefined);
    },
    error: problem?.field === name && error,
  });
  return {
    read,
    /** What is wrong with none of the fields. */
    wrong: wrong?.field !== undefined && wrong.field in typed ? undefined : wrong,
    dismiss: () => setWrong(undefined),
    isSending,
    handlers,
    field,
  };
}
