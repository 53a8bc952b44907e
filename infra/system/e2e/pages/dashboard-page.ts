import type { Page } from 'playwright-core';

export interface FlightInput {
  readonly code: string;
  /** `YYYY-MM-DD`. */
  readonly departure: string;
  /** In units of the currency. */
  readonly price: number;
  /** As ISO 4217 has it; default: the form's, won. */
  readonly currency?: string;
  readonly seats: number;
}

export interface BookingInput {
  readonly customer: string;
  readonly seats: number;
  /** `YYYY-MM-DD`; default: what the form proposes. */
  readonly date?: string;
}

/** Desktop, in English. */
export const DESKTOP = { locale: 'en-US', viewport: { width: 1440, height: 900 } } as const;

/** The dashboard as a person uses it, in English. */
export function dashboardOn(page: Page) {
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const form = page.getByRole('form', { name: 'Book seats' });

  /** Some cells of each row of a region's table, all read at once. */
  const rows = async (name: string, from: number, to: number): Promise<string[]> => {
    const texts = await region(name).locator('tbody tr').allInnerTexts();
    // Found and read in two steps, between which the page may replace a row: a text without tabs is of one that is shown no more.
    if (texts.some((text) => text !== '' && !text.includes('\t'))) return await rows(name, from, to);
    return texts.map((text) => text.split('\t').slice(from, to).map(inOneLine).join(' · '));
  };

  /** Sends the booking form as it is, and waits for the response. */
  const submit = async () => {
    await form.getByRole('button', { name: 'Book', exact: true }).click();
    await page.locator('tr[data-draft]').waitFor({ state: 'hidden' });
  };

  return {
    page,
    region,
    button,
    form,
    submit,
    /** Waits until the connection is said to be so. */
    isConnection: (state: 'connected' | 'reconnecting' | 'offline') =>
      page.locator(`[role=status][data-state=${state}]`).waitFor(),

    register: async ({ code, departure, price, currency, seats }: FlightInput) => {
      await button('Register flight').click();
      const dialog = page.getByRole('dialog', { name: 'Register flight' });
      await dialog.getByLabel('Flight code').fill(code);
      await dialog.getByLabel('Departure').fill(departure);
      await dialog.getByLabel('Price per seat').fill(String(price));
      if (currency) await dialog.getByLabel('Currency').selectOption(currency);
      await dialog.getByLabel('Seats', { exact: true }).fill(String(seats));
      await dialog.getByRole('button', { name: 'Register flight' }).click();
      await dialog.waitFor({ state: 'hidden' });
      const first = region('Flights').getByRole('listitem').first().filter({ hasText: code });
      await first.getByRole('img', { name: `${seats} of ${seats} seats left` }).waitFor();
    },

    /** Books on the flight that was registered last. */
    book: async ({ customer, seats, date }: BookingInput) => {
      await region('Flights')
        .getByRole('button', { name: /^Book / })
        .first()
        .click();
      await form.getByLabel('Customer').fill(customer);
      await form.getByLabel('Seats').fill(String(seats));
      if (date !== undefined) await form.getByLabel('Reserve date').fill(date);
      await submit();
    },

    /** `ACE890 · 2 of 5 seats left`, the flight that was registered last first. */
    flights: async (): Promise<string[]> => {
      const items = region('Flights').getByRole('listitem');
      const codes = await items.getByRole('heading').allInnerTexts();
      const seats = await items.getByRole('img').evaluateAll((found: { ariaLabel: string }[]) => {
        return found.map(({ ariaLabel }) => ariaLabel);
      });
      return codes.map((code, index) => `${code} · ${seats[index]}`);
    },

    /** `2 · 3 · Nov 22, 2024 · Canceled Not enough seats left`: customer, seats, date, status. Newest first. */
    bookings: () => rows('Bookings', 1, 5),

    /** `1 · 1 · Nov 21, 2024 · 0`: customer, reservations, latest date, cancellations. */
    customers: () => rows('Customers', 0, 4),

    /** `Seats held · +22 ms · Flight`: the steps of the booking whose history is shown. */
    history: async (): Promise<string[]> => {
      const steps = await region('Booking history').getByRole('listitem').allInnerTexts();
      return steps.map((step) => {
        const lines = step.split('\n');
        return lines.slice(0, lines[1]?.startsWith('+') ? 3 : 2).join(' · ');
      });
    },

    /** `Succeeded 1 (50%)`: what became of the bookings of the last half hour. */
    outcomes: async (): Promise<string[]> => {
      const texts = await region('Charts').locator('article dl > div').allInnerTexts();
      return texts.map(inOneLine);
    },
  };
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

export type Dashboard = ReturnType<typeof dashboardOn>;
