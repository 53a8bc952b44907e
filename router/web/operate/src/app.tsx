import { use, useEffect, useMemo } from 'react';
import { ExpiredBar, SignInPrompt } from '#desk/app/account.tsx';
import { Announcements } from '#desk/app/announcements.tsx';
import { useSession, useValue } from '#desk/app/context.ts';
import { Controls } from '#desk/app/controls.tsx';
import headerStyles from '#desk/app/header.module.css';
import { useAddressedLanguage } from '#desk/app/preferences.ts';
import { dictionaries, SpeechContext } from '#desk/texts/texts.ts';
import icon from '#desk/theme/icon.svg';
import styles from './operate.module.css';
import { OperatingContext, useOperating } from './operating.ts';
import { DeadLetters } from './sections/dead-letters.tsx';
import { RouterAndGraph } from './sections/router.tsx';
import { Sagas } from './sections/sagas.tsx';
import { Services } from './sections/services.tsx';
import { useOperateTexts } from './texts/texts.ts';

/** Shows its sections to operators, as far as the page knows; the graph decides what whoever has signed in may see. */
export function App() {
  const operating = use(OperatingContext);
  const [language, setLanguage] = useAddressedLanguage();
  const texts = dictionaries[language];
  const speech = useMemo(() => ({ language, texts }), [language, texts]);
  return (
    <SpeechContext value={speech}>
      <div className={styles.page}>
        <Header language={language} setLanguage={setLanguage} />
        <ExpiredBar />
        <main>{operating ? <Sections /> : <Refused />}</main>
      </div>
      {operating && <Announcements announcer={operating.announcer} />}
    </SpeechContext>
  );
}

function Header(controls: Parameters<typeof Controls>[0]) {
  const texts = useOperateTexts();
  const { language } = controls;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = texts.title;
  }, [language, texts]);
  return (
    <header className={headerStyles.header}>
      <div className={headerStyles.brand}>
        <img src={icon} alt="" className={headerStyles.logo} />
        <h1>{texts.title}</h1>
      </div>
      <p className={styles.every}>{texts.every}</p>
      <div className={headerStyles.controls}>
        <a className={headerStyles.link} href="/">
          {texts.back}
        </a>
        <Controls {...controls} />
      </div>
    </header>
  );
}

function Sections() {
  const { router } = useOperating();
  const { value } = useValue(router);
  const services = value?.supergraph.subgraphs ?? [];
  return (
    <div className={styles.sections}>
      <Services services={services} />
      <DeadLetters services={services} />
      <RouterAndGraph />
      <Sagas />
    </div>
  );
}

/** For those who may not operate, and those who have not signed in. */
function Refused() {
  const texts = useOperateTexts();
  const { state } = useValue(useSession().standing);
  if (state === 'anonymous') return <SignInPrompt>{texts.signIn}</SignInPrompt>;
  return <p className={styles.refused}>{texts.operatorsOnly}</p>;
}
