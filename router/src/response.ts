import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What is to be done when a response is over, by connection and response. */
const unfinished = new WeakMap<Socket, Map<ServerResponse, (() => void)[]>>();

/**
 * Calls back once, when the response is over: its client has it, or has left. Node 20 closes only the first of pipelined
 * responses, so the connection counts, too.
 */
export function whenOver(
  { socket }: Pick<IncomingMessage, 'socket'>,
  response: ServerResponse,
  callback: () => void,
): void {
  if (response.destroyed || socket.destroyed) {
    callback();
    return;
  }
  const pending = unfinished.get(socket) ?? watch(socket);
  const known = pending.get(response);
  if (known) {
    known.push(callback);
    return;
  }
  pending.set(response, [callback]);
  response.once('close', () => finish(pending, response));
}

function watch(socket: Socket): Map<ServerResponse, (() => void)[]> {
  const pending = new Map<ServerResponse, (() => void)[]>();
  unfinished.set(socket, pending);
  socket.once('close', () => {
    for (const response of pending.keys()) finish(pending, response);
  });
  return pending;
}

function finish(pending: Map<ServerResponse, (() => void)[]>, response: ServerResponse): void {
  const callbacks = pending.get(response) ?? [];
  pending.delete(response);
  for (const callback of callbacks) callback();
}

/** @returns what aborts when the client leaves before its response is finished */
export function leaveSignal(response: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  whenOver(response.req, response, () => {
    if (!response.writableFinished) leaving.abort();
  });
  return leaving.signal;
}

/** Resolves when what was written has left this process, or the client has gone. */
export async function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return;
  const settled = new AbortController();
  const { signal } = settled;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
    settled.abort(),
  );
}
