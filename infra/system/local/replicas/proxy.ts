import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface ProxyOptions {
  /** Ports of this machine, to which new connections go in turn. */
  readonly targets: readonly number[];
  /** A free one when left out. */
  readonly port?: number;
}

/** Stands between processes: hands their connections on, and fails as networks do where it is told to. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Ends all connections at once. */
  cut(): void;
  /** Holds back what is sent from now on by so many milliseconds each way; 0: no longer. */
  delay(ms: number): void;
  /** Loses what is sent from now on without a word, until called with false; who connects meanwhile hears nothing. */
  partition(isApart: boolean): void;
  /** Sends what clients send a second time, over connections of its own, until called with false. */
  duplicate(isDoubled: boolean): void;
}

/** What is wrong with the network at present. */
interface Trouble {
  delayMs: number;
  isApart: boolean;
  isDoubled: boolean;
}

/** A TCP proxy on 127.0.0.1. A target that refuses a connection is passed over for the next one. */
export async function startProxy({ targets, port = 0 }: ProxyOptions): Promise<TcpProxy> {
  const trouble: Trouble = { delayMs: 0, isApart: false, isDoubled: false };
  const open = new Set<Socket>();
  let turn = 0;

  function track(socket: Socket): Socket {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    return socket.on('error', () => socket.destroy());
  }

  function nextTarget(): number {
    turn += 1;
    return targets[turn % targets.length] as number;
  }

  function forward(client: Socket, attempts = targets.length): void {
    const target = connect(nextTarget(), '127.0.0.1');
    const passOver = () => {
      if (attempts > 1) forward(client, attempts - 1);
      else client.destroy();
    };
    target.once('error', passOver);
    target.once('connect', () => {
      target.off('error', passOver);
      carry(client, track(target), trouble);
      carry(target, client, trouble);
      if (trouble.isDoubled) echo(client, track(connect(nextTarget(), '127.0.0.1')));
      client.resume();
    });
  }

  const server = createServer({ pauseOnConnect: true }, (client) => forward(track(client)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    delay: (ms) => {
      trouble.delayMs = ms;
    },
    partition: (isApart) => {
      trouble.isApart = isApart;
    },
    duplicate: (isDoubled) => {
      trouble.isDoubled = isDoubled;
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Hands on what one end sends, in its order whatever the delays, and no faster than the other end takes it. */
function carry(from: Socket, to: Socket, trouble: Trouble): void {
  let sent = Promise.resolve();
  let waiting = 0;
  const write = (chunk: string | Buffer) => {
    if (to.destroyed || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  };
  from.on('data', (chunk) => {
    const { delayMs, isApart } = trouble;
    if (isApart) return;
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

/** Sends the same to somebody whose answers nobody reads. */
function echo(from: Socket, to: Socket): void {
  to.resume();
  from.on('data', (chunk) => to.write(chunk));
  from.on('close', () => to.destroy());
}
