import './theme/mantine.css';
import './theme/tokens.css';
import './theme/page.css';
import { authorizedFetch } from '../../sign-in/authorized-fetch.ts';
import { openSession } from '../../sign-in/browser.ts';
import { mayOf } from '../../sign-in/may.ts';
import { createAnnouncer } from './app/announcer.ts';
import { type Services, ServicesContext } from './app/context.ts';
import { draw } from './app/draw.tsx';
import { followToday } from './app/today.ts';
import { keepTyped } from './app/typed.ts';
import { App } from './app.tsx';
import { createGraph } from './data/graph.ts';
import { createHeldUp } from './data/held-up.ts';
import { startLive } from './data/live.ts';
import { watchServices } from './data/services-away.ts';
import { openSocket } from './data/socket.ts';
import { createStore } from './data/store.ts';

const url = new URL('/graphql', location.href);
const later = (run: () => void, ms: number) => void setTimeout(run, ms);

/** Browsers draw no frames of a hidden page; updates are applied after this. */
const HIDDEN_MS = 200;

function frame(run: () => void): void {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    cancelAnimationFrame(request);
    clearTimeout(timer);
    run();
  };
  const request = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_MS);
}

/** Whether events are held up is asked so often at most, while someone is at the page. */
const ASK_MS = 10_000;

const session = await openSession(keepTyped);
// Another person, or nobody, is another page: what they may is the same for as long as this one is there.
const may = mayOf(session.standing.get());
const store = createStore({ frame, later });
const { graph, away } = watchServices(createGraph(url.href, authorizedFetch(session)), {
  now: Date.now,
  later,
});
const { subscribe, connection } = openSocket(url.href.replace(/^http/, 'ws'), session);
const heldUp = createHeldUp({ store, now: Date.now, later });
if (may.readBookings !== 'none') {
  const ask = () => may.readBookings === 'all' && void heldUp.ask(graph);
  const load = () => {
    void heldUp.load(graph);
    ask();
  };
  connection.follow(() => connection.get().state === 'connected' && load());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && load());
  let usedAt = Date.now();
  const use = () => {
    if (Date.now() - usedAt < ASK_MS) return;
    usedAt = Date.now();
    ask();
  };
  for (const name of ['pointermove', 'keydown']) document.addEventListener(name, use, { passive: true });
}
const live = startLive({
  graph,
  store,
  connection,
  subscribe,
  now: Date.now,
  later,
  may,
});
const services: Services = {
  graph,
  store,
  live,
  connection,
  away,
  heldUp,
  session,
  may,
  announcer: createAnnouncer(later),
  today: followToday(Date.now, later),
  later,
};

draw(
  session,
  <ServicesContext value={services}>
    <App />
  </ServicesContext>,
);
