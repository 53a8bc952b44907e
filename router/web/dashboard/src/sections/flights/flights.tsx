import { useMemo } from 'react';
import { useQuery } from '../../app/address.ts';
import { useServices, useValue } from '../../app/context.ts';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import listStyles from '../../lists/lists.module.css';
import { NewRows } from '../../lists/new-rows.tsx';
import { NothingFound } from '../../lists/nothing-found.tsx';
import { useLiveList } from '../../lists/use-live-list.ts';
import { useVirtualRows } from '../../lists/use-virtual-rows.ts';
import { useSpeech } from '../../texts/texts.ts';
import { FlightFilters } from './flight-filters.tsx';
import { FlightItem } from './flight-item.tsx';
import { conditionsOf, flightQueryOf, names } from './flight-query.ts';
import styles from './flights.module.css';
import { RegisterFlight } from './register-flight.tsx';

const ROW_HEIGHT = 112;

interface FlightsProps {
  /** Puts a flight into the booking form. */
  readonly book: (id: string) => void;
}

/** The flights that the address asks for; without a wish, those that were registered last first. */
export function Flights({ book }: FlightsProps) {
  const { live, may } = useServices();
  const speech = useSpeech();
  const { flights: texts } = speech.texts;
  const [address, change] = useQuery();
  const list = useLiveList(
    live.kinds.flights,
    useMemo(() => flightQueryOf(address), [address]),
    'flights',
  );
  const { query, ids, total, isSearching } = useValue(list.view);
  const { scroller, rows, before, after } = useVirtualRows(list, ROW_HEIGHT);
  const conditions = conditionsOf(query, speech);
  return (
    <Panel
      id="flights"
      heading={texts.heading}
      note={total === undefined ? undefined : texts.count(total)}
      actions={may.registerFlights ? <RegisterFlight /> : undefined}
      isFlush
    >
      {(ids.length > 0 || conditions.length > 0 || isSearching) && <FlightFilters />}
      <Loaded loader={list.loader} lines={8}>
        <NewRows list={list} />
        {ids.length === 0 && !isSearching && conditions.length === 0 && (
          <Empty title={texts.empty} {...(may.registerFlights && { hint: texts.emptyHint })} />
        )}
        {ids.length === 0 && !isSearching && conditions.length > 0 && (
          <NothingFound
            conditions={conditions}
            clear={() => change(Object.fromEntries(Object.values(names).map((name) => [name, undefined])))}
          />
        )}
        {ids.length > 0 && (
          <div ref={scroller} className={listStyles.scroller} data-scroller data-searching={isSearching}>
            <ul className={styles.list} style={{ paddingTop: before, paddingBottom: after }}>
              {rows.map(({ id, index, attributes }) => (
                <FlightItem
                  key={id}
                  id={id}
                  index={index}
                  total={total}
                  attributes={attributes}
                  book={book}
                />
              ))}
            </ul>
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
