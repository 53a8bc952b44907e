import type { Language } from '../../language.ts';
import type { Session } from '../../sign-in/session.ts';
import { Account } from './account.tsx';
import { useTexts } from './texts/texts.ts';

interface HeaderProps {
  readonly session: Session;
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

const languages = [
  ['en', 'English'],
  ['ko', '한국어'],
] as const;

export function Header({ session, language, setLanguage }: HeaderProps) {
  const texts = useTexts();
  return (
    <header className="header">
      <h1 className="name">
        {texts.title} <span>{texts.name}</span>
      </h1>
      <a className="button" href={`/?lang=${language}`}>
        ← {texts.desk}
      </a>
      <fieldset className="choice">
        <legend>{texts.language}</legend>
        {languages.map(([value, name]) => (
          <label key={value} lang={value}>
            <input
              type="radio"
              name="language"
              checked={language === value}
              onChange={() => setLanguage(value)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <Account session={session} />
    </header>
  );
}
