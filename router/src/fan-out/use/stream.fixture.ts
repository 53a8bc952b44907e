import { Agent, type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';

/** A request for a stream whose response is read, or not, as the test says. */
export function openStream(url: string, init: { method?: string; headers?: object; body?: string } = {}) {
  const { method = 'GET', headers, body } = init;
  const agent = new Agent();
  let text = '';
  let length = 0;
  let isOver = false;
  let response: IncomingMessage | undefined;
  let isPaused = false;
  const sent = request(url, { method, agent, headers: { accept: 'text/event-stream', ...headers } });
  sent.on('error', () => {});
  sent.on('response', (came) => {
    response = came;
    came.setEncoding('utf8');
    came.on('data', (chunk: string) => {
      text += chunk;
      length += chunk.length;
    });
    came.on('end', () => {
      isOver = true;
    });
    came.on('error', () => {});
    if (isPaused) came.pause();
  });
  sent.end(body);
  const leave = () => {
    sent.destroy();
    agent.destroy();
  };
  onTestFinished(leave);
  return {
    leave,
    text: () => text,
    length: () => length,
    isOver: () => isOver,
    status: () => response?.statusCode,
    headers: () => response?.headers,
    pause: () => {
      isPaused = true;
      response?.pause();
    },
    resume: () => {
      isPaused = false;
      response?.resume();
    },
  };
}
