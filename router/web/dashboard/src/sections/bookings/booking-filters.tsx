import { useEffect } from 'react';
import { useQuery } from '../../app/address.ts';
import { useRow, useServices } from '../../app/context.ts';
import { FilterChoice, FilterField } from '../../lists/fields.tsx';
import { Filters } from '../../lists/filters.tsx';
import { useTexts } from '../../texts/texts.ts';
import { names, placedFromOf, placedToOf, reasons } from './booking-query.ts';
import { FlightPicker } from './flight-picker.tsx';

/** @param of what the page is about, which leaves no choice of it */
export function BookingFilters({ of }: { readonly of: 'flight' | 'customer' | undefined }) {
  const { bookings: texts, status, reason } = useTexts();
  const [query] = useQuery();
  return (
    <Filters
      isMoreUsed={query.has(names.from) || query.has(names.to)}
      more={
        <>
          <FilterField name={names.from} label={texts.bookedFrom} type="date" reads={placedFromOf} />
          <FilterField name={names.to} label={texts.bookedTo} type="date" reads={placedToOf} />
        </>
      }
    >
      <FilterField name={names.reference} label={texts.reference} type="search" />
      {of !== 'flight' && <FlightFilter />}
      {of !== 'customer' && <FilterField name={names.customer} label={texts.exactCustomer} type="search" />}
      <FilterChoice
        name={names.status}
        label={texts.status}
        options={[
          ['', texts.anyStatus],
          ['PENDING', status.PENDING],
          ['SUCCEED', status.SUCCEED],
          ['CANCELED', status.CANCELED],
          ...reasons.map((each) => [each, `${status.CANCELED}: ${reason[each]}`] as const),
        ]}
      />
    </Filters>
  );
}

function FlightFilter() {
  const { store, live } = useServices();
  const [query, change] = useQuery();
  const id = query.get(names.flight) ?? '';
  const flight = useRow(store.flights, id)?.row;
  useEffect(() => live.needFlight(id), [live, id]);
  return (
    <FlightPicker
      size="xs"
      flight={flight}
      choose={(chosen) => change({ [names.flight]: chosen })}
      clear={() => change({ [names.flight]: undefined })}
    />
  );
}
