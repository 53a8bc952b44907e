import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { type Language, useTexts } from '../texts/texts.ts';
import icon from '../theme/icon.svg';
import { Account } from './account.tsx';
import { ConnectionStatus } from './connection-status.tsx';
import styles from './header.module.css';

interface HeaderProps {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

export function Header({ language, setLanguage }: HeaderProps) {
  const texts = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <header className={styles.header}>
      <div className={styles.brand}>
        <img src={icon} alt="" className={styles.logo} />
        <h1>{texts.title}</h1>
      </div>
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
