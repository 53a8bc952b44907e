import { listensTo, type PublishedEvent } from '@airline/schema/events';
import type { FourServices } from './four-services.ts';

interface Message {
  readonly event: PublishedEvent;
  readonly to: FourServices['all'][number];
  readonly isNew: boolean;
}

export interface NetworkOptions {
  /** Under which id an event is delivered for the nth time; its own by default. */
  readonly idOf?: (event: PublishedEvent, delivery: number) => string;
}

/** All that was published and not yet delivered, and all that was: any of it may be delivered next. */
export function createNetwork(services: FourServices, { idOf = ({ id }) => id }: NetworkOptions = {}) {
  let pending: Message[] = [];
  let deliveries = 0;
  const delivered: Message[] = [];
  const published: PublishedEvent[] = [];

  async function deliver(message: Message, replica: number): Promise<void> {
    deliveries += 1;
    const { event, to } = message;
    if (message.isNew) delivered.push({ ...message, isNew: false });
    pending = pending.filter((other) => other !== message);
    await to.handle(event, idOf(event, deliveries), replica);
  }

  return {
    pending: (): readonly Message[] => pending,
    delivered: (): readonly Message[] => delivered,
    deliver,
    published: (): readonly PublishedEvent[] => published,
    /** Takes up what the services have published meanwhile. */
    collect: async (): Promise<void> => {
      for (const publisher of services.all) {
        for (const event of await publisher.published()) {
          published.push(event);
          const listeners = services.all.filter(
            ({ name, handles }) => listensTo(name).includes(publisher.name) && handles(event.type),
          );
          for (const to of listeners) pending.push({ event, to, isNew: true });
        }
      }
    },
  };
}

export type Network = ReturnType<typeof createNetwork>;
