import { useQuery } from '../../app/address.ts';
import { amountOf, currencies, DEFAULT_CURRENCY, int, isDay } from '../../app/input.ts';
import { FilterChoice, FilterField } from '../../lists/fields.tsx';
import { Filters } from '../../lists/filters.tsx';
import { useTexts } from '../../texts/texts.ts';
import { currencyOf, names } from './flight-query.ts';

export function FlightFilters() {
  const texts = useTexts().flights;
  const [query] = useQuery();
  const currency = currencyOf(query) ?? DEFAULT_CURRENCY;
  const { code, order, ...more } = names;
  // A price is one of a currency.
  const named = (names: readonly string[]) => names.map((name) => [name, name] as const);
  const choices = query.has(names.cost)
    ? named([DEFAULT_CURRENCY, ...currencies.filter((each) => each !== DEFAULT_CURRENCY)])
    : [['', texts.anyCurrency] as const, ...named(currencies)];
  return (
    <Filters
      isMoreUsed={Object.values(more).some((name) => query.has(name))}
      more={
        <>
          <FilterField name={names.from} label={texts.departsFrom} type="date" reads={isDay} />
          <FilterField name={names.to} label={texts.departsTo} type="date" reads={isDay} />
          <FilterField name={names.seats} label={texts.freeSeats} inputMode="numeric" reads={int} />
          <FilterField
            name={names.cost}
            label={texts.highestPrice}
            inputMode="decimal"
            reads={(text) => amountOf(text, currency)}
          />
          <FilterChoice name={names.currency} label={texts.currency} options={choices} />
        </>
      }
    >
      <FilterField name={code} label={texts.search} type="search" />
      <FilterChoice
        name={order}
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
