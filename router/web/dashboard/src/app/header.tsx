import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { Link } from 'wouter';
import { type Language, useTexts } from '../texts/texts.ts';
import icon from '../theme/icon.svg';
import { Account } from './account.tsx';
import { type Place, useHref } from './address.ts';
import { ConnectionStatus } from './connection-status.tsx';
import { useServices } from './context.ts';
import styles from './header.module.css';

interface HeaderProps {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly place: Place;
}

/** The pages in the header, each with those that belong to it. */
const sections = [
  { path: '/', name: 'desk', pages: ['desk'] },
  { path: '/flights', name: 'flights', pages: ['flights', 'flight'] },
  { path: '/bookings', name: 'bookings', pages: ['bookings'] },
  { path: '/customers', name: 'customers', pages: ['customers', 'customer'] },
] as const;

function Navigation({ page }: { readonly page: Place['page'] }) {
  const { may } = useServices();
  const texts = useTexts();
  const href = useHref();
  const offered = sections.filter(
    ({ name }) =>
      (name !== 'customers' || may.readCustomers) && (name !== 'bookings' || may.readBookings !== 'none'),
  );
  return (
    <nav className={styles.sections} aria-label={texts.navigation.label}>
      {offered.map(({ path, name, pages }) => (
        <Link
          key={path}
          href={href(path)}
          aria-current={pages.some((each) => each === page) ? 'page' : undefined}
        >
          {texts.navigation[name]}
        </Link>
      ))}
    </nav>
  );
}

export function Header({ language, setLanguage, place }: HeaderProps) {
  const texts = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <header className={styles.header}>
      <div className={styles.brand}>
        <img src={icon} alt="" className={styles.logo} />
        <h1>{texts.title}</h1>
      </div>
      <Navigation page={place.page} />
      <ConnectionStatus />
      <div className={styles.controls}>
        <a className={styles.link} href="/playground">
          {texts.playground}
        </a>
        <SegmentedControl
          size="xs"
          aria-label={texts.language}
          value={language}
          onChange={setLanguage}
          data={[
            { value: 'en', label: <span lang="en">English</span> },
            { value: 'ko', label: <span lang="ko">한국어</span> },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label={texts.theme.label}
          value={colorScheme}
          onChange={setColorScheme}
          data={[
            { value: 'auto', label: texts.theme.auto },
            { value: 'light', label: texts.theme.light },
            { value: 'dark', label: texts.theme.dark },
          ]}
        />
        <Account />
      </div>
    </header>
  );
}
