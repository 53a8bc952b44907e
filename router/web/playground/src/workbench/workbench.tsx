import '@graphiql/react/setup-workers/vite';
import '@graphiql/react/style.css';
import './workbench.css';
import { GraphiQLProvider, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { cases } from '../cases/index.ts';
import { linkedBy } from '../data/links.ts';
import { tabStorage } from '../data/tab-storage.ts';
import type { Workspace } from '../data/workspace.ts';
import { Panels } from '../panels/panels.tsx';
import { createFetcher } from '../requests/fetcher.ts';
import { Response } from '../response/response.tsx';
import type { Texts } from '../texts/texts.ts';
import { useOpen } from '../use-open.ts';
import { Editors } from './editors.tsx';
import { OperationTabs } from './operation-tabs.tsx';
import { defineThemes, editorTheme } from './theme.ts';
import { useSystemTheme } from './use-system-theme.ts';

interface WorkbenchProps {
  readonly workspace: Workspace;
  readonly texts: Texts;
}

/** Tabs of operations, each with its editors and its response, and the panels beside them. */
export default function Workbench({ workspace, texts }: WorkbenchProps) {
  const spoken = useRef(texts);
  useLayoutEffect(() => {
    spoken.current = texts;
  }, [texts]);
  const [fetcher] = useState(() => createFetcher(workspace, () => spoken.current));
  const [storage] = useState(() => tabStorage(localStorage));
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      storage={storage}
      defaultTabs={[...cases]}
      editorTheme={editorTheme}
      inputValueDeprecation
      schemaDescription
    >
      <Opened />
      <div className="workbench graphiql-container">
        <Panels workspace={workspace} />
        <OperationTabs />
        <Editors workspace={workspace} />
        <Response workspace={workspace} />
      </div>
    </GraphiQLProvider>
  );
}

/** What the address says is to be opened is, once there are editors; without it, the tab that was active before. */
function Opened() {
  const { setTheme, changeTab } = useGraphiQLActions();
  const theme = useSystemTheme();
  const monaco = useMonaco(({ monaco }) => monaco);
  useEffect(() => {
    if (monaco) defineThemes(monaco);
    setTheme(theme);
  }, [monaco, theme, setTheme]);
  const { open, isReady, active } = useOpen();
  const isDone = useRef(false);
  useEffect(() => {
    if (!isReady || isDone.current) return;
    isDone.current = true;
    const linked = linkedBy(location.search);
    // GraphiQL leaves the variables of its first tab out.
    changeTab(active);
    if (!linked) return;
    open(linked);
    // It stays as it is edited from now on, whatever the address was.
    const address = new URL(location.href);
    for (const name of ['query', 'variables']) address.searchParams.delete(name);
    history.replaceState(history.state, '', address);
  });
  return null;
}
