import '#desk/theme/mantine.css';
import '#desk/theme/tokens.css';
import '#desk/theme/page.css';
import { createAnnouncer } from '#desk/app/announcer.ts';
import { draw } from '#desk/app/draw.tsx';
import { createGraph } from '#desk/data/graph.ts';
import { authorizedFetch } from '../../sign-in/authorized-fetch.ts';
import { openSession } from '../../sign-in/browser.ts';
import { mayOf } from '../../sign-in/may.ts';
import { loadTraceUrl } from '../../trace/trace-url.ts';
import { App } from './app.tsx';
import { startPolls } from './data/polls.ts';
import { OperatingContext } from './operating.ts';

const [session, traceUrl] = await Promise.all([openSession(), loadTraceUrl()]);
const graph = createGraph(new URL('/graphql', location.href).href, authorizedFetch(session));
const later = (run: () => void, ms: number) => void setTimeout(run, ms);
// Another person is another page.
const polls = mayOf(session.standing.get()).operate ? startPolls(graph, later) : undefined;

draw(
  session,
  <OperatingContext value={polls && { ...polls, graph, traceUrl, announcer: createAnnouncer(later) }}>
    <App />
  </OperatingContext>,
);
