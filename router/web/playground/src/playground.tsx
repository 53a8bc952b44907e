import { lazy, Suspense, useEffect, useState } from 'react';
import { keepLanguage, keptLanguage, LANGUAGE_PARAMETER, type Language, languageOf } from '../../language.ts';
import type { Workspace } from './data/workspace.ts';
import { Header } from './header.tsx';
import { dictionaries, TextsContext, useTexts } from './texts/texts.ts';
import { useValue } from './use-value.ts';

/** The editor and what goes with it, which is most of the page. */
const Workbench = lazy(() => import('./workbench/workbench.tsx'));

/** GraphiQL's editors on the graph, with the acceptance cases prepared as tabs. */
export function Playground({ workspace }: { readonly workspace: Workspace }) {
  const [language, setLanguage] = useState(addressedLanguage);
  const texts = dictionaries[language];
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${texts.name} · ${texts.title}`;
  }, [language, texts]);

  function choose(next: Language): void {
    setLanguage(next);
    keepLanguage(next);
    const address = new URL(location.href);
    address.searchParams.set(LANGUAGE_PARAMETER, next);
    history.replaceState(history.state, '', address);
  }

  return (
    <TextsContext value={texts}>
      <Header session={workspace.session} language={language} setLanguage={choose} />
      <Notices workspace={workspace} />
      <Suspense fallback={<p className="loading">{texts.loading}</p>}>
        <Workbench workspace={workspace} texts={texts} />
      </Suspense>
    </TextsContext>
  );
}

function Notices({ workspace }: { readonly workspace: Workspace }) {
  const shown = useValue(workspace.notices);
  const { notices } = useTexts();
  return (
    <div role="status">
      {shown.map((notice) => (
        <p key={notice} className="notice">
          {notices[notice]}
        </p>
      ))}
    </div>
  );
}

function addressedLanguage(): Language {
  const addressed = new URLSearchParams(location.search).get(LANGUAGE_PARAMETER);
  return addressed === null ? keptLanguage() : languageOf([addressed]);
}
