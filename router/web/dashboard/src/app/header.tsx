import { Link } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import icon from '../theme/icon.svg';
import { type Place, useHref } from './address.ts';
import { ConnectionStatus } from './connection-status.tsx';
import { useServices } from './context.ts';
import { Controls, type ControlsProps } from './controls.tsx';
import styles from './header.module.css';

interface HeaderProps extends ControlsProps {
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
  const { may } = useServices();
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
        {may.operate && (
          <a className={styles.link} href="/operate">
            {texts.operate}
          </a>
        )}
        <Controls language={language} setLanguage={setLanguage} />
      </div>
    </header>
  );
}
