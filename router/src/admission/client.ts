import { Line } from './line.ts';
import type { Visit } from './visit.ts';

/** What one client has at work. */
export class Client {
  readonly source: string;
  /** Operations that have arrived and are not over. */
  open = 0;
  running = 0;
  /** Of the texts of its operations that wait and run. */
  bytes = 0;
  /** The oldest first. */
  readonly waiting = new Set<Visit>();
  /** Its heavy operations: subgraphs do not know clients, and others would wait there for all that one has sent. */
  readonly heavy: Line<Visit>;

  /** @param heavyCost what its heavy operations may cost at once, at present */
  constructor(source: string, heavyCost: () => number) {
    this.source = source;
    this.heavy = new Line(heavyCost);
  }
}
