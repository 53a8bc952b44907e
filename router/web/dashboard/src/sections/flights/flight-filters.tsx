import { useQuery } from '../../app/address.ts';
import { FilterChoice, FilterField } from '../../lists/fields.tsx';
import { Filters } from '../../lists/filters.tsx';
import { useTexts } from '../../texts/texts.ts';
import { names } from './flight-query.ts';

export function FlightFilters() {
  const texts = useTexts().flights;
  const [query] = useQuery();
  const isMoreUsed = [names.from, names.to, names.seats, names.cost].some((name) => query.has(name));
  return (
    <Filters
      isMoreUsed={isMoreUsed}
      more={
        <>
          <FilterField name={names.from} label={texts.departsFrom} type="date" />
          <FilterField name={names.to} label={texts.departsTo} type="date" />
          <FilterField name={names.seats} label={texts.freeSeats} inputMode="numeric" />
          <FilterField name={names.cost} label={texts.highestPrice} inputMode="numeric" />
        </>
      }
    >
      <FilterField name={names.code} label={texts.search} type="search" />
      <FilterChoice
        name={names.order}
        label={texts.order}
        options={[
          ['registered', texts.orders.registered],
          ['departure', texts.orders.departure],
          ['code', texts.orders.code],
          ['price', texts.orders.price],
        ]}
      />
    </Filters>
  );
}
