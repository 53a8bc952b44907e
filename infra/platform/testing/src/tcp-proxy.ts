import { connect, createServer, type Socket } from 'node:net';
import { listen } from './listen.ts';

/** Stands between processes: forwards their connections, and fails as networks do on request. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Forwards new connections to these ports of this machine, in turn; connections that are open stay as they are. */
  forwardTo(targets: readonly number[]): void;
  /** Ends all connections at once. */
  cut(): void;
  /** Drops all further data of the open connections, without closing them. */
  silence(): void;
  /** Delays what is sent from now on by this much each way; 0 ends it. */
  delay(delayMs: number): void;
  /** Loses all that is sent from now on, over new connections too, until called with false. */
  partition(isPartitioned: boolean): void;
  /** Sends what clients send a second time, over connections of its own, until called with false. */
  duplicate(isDuplicating: boolean): void;
}

/** What is wrong with the network at present. */
interface NetworkFaults {
  delayMs: number;
  isPartitioned: boolean;
  isDuplicating: boolean;
  readonly silenced: WeakSet<Socket>;
}

/**
 * Starts a TCP proxy on 127.0.0.1 before ports of this machine, to which new connections go in turn. A target that
 * refuses a connection is passed over for the next one.
 */
export async function startTcpProxy(...ports: readonly number[]): Promise<TcpProxy> {
  const faults: NetworkFaults = {
    delayMs: 0,
    isPartitioned: false,
    isDuplicating: false,
    silenced: new WeakSet(),
  };
  const open = new Set<Socket>();
  let targets = ports;
  let turn = 0;

  function track(socket: Socket): Socket {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    return socket.on('error', () => socket.destroy());
  }

  function connectNext(): Socket {
    turn += 1;
    return connect({ host: '127.0.0.1', port: targets[turn % targets.length] ?? 0 });
  }

  function forward(client: Socket, attempts = targets.length): void {
    const target = connectNext();
    const passOver = () => {
      if (attempts > 1) forward(client, attempts - 1);
      else client.destroy();
    };
    target.once('error', passOver);
    target.once('connect', () => {
      target.off('error', passOver);
      carry(client, track(target), faults);
      carry(target, client, faults);
      if (faults.isDuplicating) echo(client, track(connectNext()));
      client.resume();
    });
  }

  const server = createServer({ pauseOnConnect: true }, (client) => forward(track(client)));
  const port = await listen(server);

  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port,
    forwardTo: (others) => {
      targets = others;
    },
    cut,
    silence: () => {
      for (const socket of open) faults.silenced.add(socket);
    },
    delay: (delayMs) => {
      faults.delayMs = delayMs;
    },
    partition: (isPartitioned) => {
      faults.isPartitioned = isPartitioned;
    },
    duplicate: (isDuplicating) => {
      faults.isDuplicating = isDuplicating;
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Forwards what one end sends, in its order whatever the delays, and no faster than the other end takes it. */
function carry(from: Socket, to: Socket, faults: NetworkFaults): void {
  let sent = Promise.resolve();
  let waiting = 0;
  const write = (chunk: string | Buffer) => {
    if (to.destroyed || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  };
  from.on('data', (chunk) => {
    const { delayMs, isPartitioned, silenced } = faults;
    if (isPartitioned || silenced.has(from)) return;
    if (delayMs === 0 && waiting === 0) return write(chunk);
    waiting += 1;
    const due = new Promise((resolve) => setTimeout(resolve, delayMs));
    sent = sent.then(async () => {
      await due;
      waiting -= 1;
      write(chunk);
    });
  });
  from.on('end', () => void sent.then(() => to.end()));
  from.on('close', () => void sent.then(() => to.destroy()));
}

/** Sends the same over a connection whose responses are not read. */
function echo(from: Socket, to: Socket): void {
  to.resume();
  from.on('data', (chunk) => to.write(chunk));
  from.on('close', () => to.destroy());
}
