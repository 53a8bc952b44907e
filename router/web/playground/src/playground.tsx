import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import type { Session } from '../../sign-in/session.ts';
import { Account } from './account.tsx';
import { createFetcher } from './fetcher.ts';
import type { LatestIds } from './latest-ids.ts';
import { type Notice, notices } from './notices.ts';
import { tabs } from './tabs/index.ts';
import { useSystemTheme } from './use-system-theme.ts';

export interface PlaygroundProps {
  readonly graphUrl: URL;
  readonly latestIds: LatestIds;
  readonly session: Session;
}

/** GraphiQL on the graph, with the acceptance cases prepared as tabs. */
export function Playground({ graphUrl, latestIds, session }: PlaygroundProps) {
  const [shown, setShown] = useState<readonly Notice[]>([]);
  const [fetcher] = useState(() =>
    createFetcher({
      graphUrl,
      latestIds,
      session,
      notify: (notice, holds) =>
        setShown((before) => [...before.filter((each) => each !== notice), ...(holds ? [notice] : [])]),
    }),
  );
  const theme = useSystemTheme();
  return (
    <>
      <Account session={session} />
      <div role="status">
        {shown.map((notice) => (
          <p key={notice} className="notice">
            {notices[notice]}
          </p>
        ))}
      </div>
      <GraphiQL
        fetcher={fetcher}
        defaultTabs={tabs}
        defaultEditorToolsVisibility="variables"
        forcedTheme={theme}
      >
        <GraphiQL.Logo>
          <h1 className="name">Airline</h1>
        </GraphiQL.Logo>
      </GraphiQL>
    </>
  );
}
