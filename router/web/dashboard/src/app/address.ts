import { useCallback, useMemo } from 'react';
import { navigate, useHistoryState, usePathname, useSearch } from 'wouter/use-browser-location';
import { LANGUAGE_PARAMETER } from '../../../language.ts';

/** What an address stands for. */
export type Place =
  | { readonly page: 'desk' | 'flights' | 'bookings' | 'customers' | 'unknown' }
  | { readonly page: 'flight' | 'booking' | 'customer'; readonly id: string };

const pages = { flights: 'flight', bookings: 'booking', customers: 'customer' } as const;

const isList = (name: string): name is keyof typeof pages => Object.hasOwn(pages, name);

/** No browser takes these as a part of a path, not even escaped (WHATWG URL, 4.4). Nothing else begins like what stands for them. */
const DOTS = /^\.{1,2}$/;
const DOTS_MARK = '=';

const segmentOf = (id: string): string => (DOTS.test(id) ? DOTS_MARK + id : encodeURIComponent(id));
const idOf = (segment: string): string =>
  segment.startsWith(DOTS_MARK) ? segment.slice(DOTS_MARK.length) : decodeURIComponent(segment);

/** @param path of a URL, with its escapes */
export function placeOf(path: string): Place {
  const [list = '', id = '', ...more] = path.slice(1).split('/');
  if (list === '') return { page: 'desk' };
  if (!isList(list) || more.length > 0) return { page: 'unknown' };
  if (id === '') return { page: list };
  try {
    return { page: pages[list], id: idOf(id) };
  } catch {
    return { page: 'unknown' };
  }
}

export const flightPath = (id: string): string => `/flights/${segmentOf(id)}`;
export const bookingPath = (id: string): string => `/bookings/${segmentOf(id)}`;
export const customerPath = (id: string): string => `/customers/${segmentOf(id)}`;

/** Kept in the browser's history with the address of a booking: the page that it was chosen on stays beside it. */
interface Beneath {
  readonly path: string;
}

/** The part of the query that goes along to every page. */
function languageOnly(search: string): string {
  const language = new URLSearchParams(search).get(LANGUAGE_PARAMETER);
  return language === null ? '' : `?${LANGUAGE_PARAMETER}=${language}`;
}

/** A path as an address for links: in the language of this one. */
export function useHref(): (path: string) => string {
  const search = useSearch();
  return useCallback((path) => path + languageOnly(search), [search]);
}

export interface Address {
  /** The page, without the booking that is open beside it. */
  readonly place: Place;
  /** Changes with the page alone. */
  readonly path: string;
  /** The booking that is open: its id or its reference. */
  readonly bookingId: string | undefined;
  readonly go: (path: string) => void;
  /** Opens a booking beside the page, filters and all. */
  readonly openBooking: (id: string) => void;
  readonly closeBooking: () => void;
}

export function useAddress(): Address {
  const current = usePathname();
  // Written by `openBooking` alone.
  const beneath = useHistoryState<Beneath | null>();
  const place = useMemo(() => placeOf(current), [current]);
  const bookingId = place.page === 'booking' ? place.id : undefined;
  const path = bookingId === undefined ? current : (beneath?.path ?? '/bookings');
  return {
    place: useMemo(() => placeOf(path), [path]),
    path,
    bookingId,
    go: useCallback((to: string) => navigate(to + languageOnly(location.search)), []),
    openBooking: useCallback(
      (id: string) => navigate(bookingPath(id) + location.search, { state: { path } }),
      [path],
    ),
    closeBooking: useCallback(() => navigate(path + location.search), [path]),
  };
}

export type Query = Readonly<Record<string, string | undefined>>;

/** The query string, where filters and the language are, and how to change some of it; `undefined` and '' take a name away. */
export function useQuery(): [URLSearchParams, (changes: Query) => void] {
  const search = useSearch();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  return [query, changeQuery];
}

/** In place of the entry in the browser's history: one does not go back through what one has typed. */
function changeQuery(changes: Query): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  navigate(location.pathname + (text && `?${text}`), { replace: true, state: history.state });
}
