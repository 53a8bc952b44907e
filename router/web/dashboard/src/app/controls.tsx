import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { type Language, useTexts } from '../texts/texts.ts';
import { Account } from './account.tsx';

export interface ControlsProps {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

/** Language, colors and who has signed in: the same on each page. */
export function Controls({ language, setLanguage }: ControlsProps) {
  const texts = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
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
    </>
  );
}
