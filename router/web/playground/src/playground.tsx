import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import { createFetcher } from './fetcher.ts';
import type { LatestIds } from './latest-ids.ts';
import { type Notice, notices } from './notices.ts';
import { tabs } from './tabs/index.ts';
import { useSystemTheme } from './use-system-theme.ts';

export interface PlaygroundProps {
  readonly graphUrl: URL;
  readonly latestIds: LatestIds;
}

/** GraphiQL on the graph, with the acceptance cases prepared as tabs. */
export function Playground({ graphUrl, latestIds }: PlaygroundProps) {
  const [shown, setShown] = useState<readonly Notice[]>([]);
  const [fetcher] = useState(() =>
    createFetcher({
      graphUrl,
      latestIds,
      notify: (notice, holds) =>
        setShown((before) => [...before.filter((each) => each !== notice), ...(holds ? [notice] : [])]),
    }),
  );
  const theme = useSystemTheme();
  return (
    <>
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
