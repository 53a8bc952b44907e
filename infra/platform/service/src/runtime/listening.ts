import { events, listensTo, type Service, subgraphs, unhandledEvents } from '@airline/schema/events';

interface Listener {
  readonly name: Service;
  readonly policies: object;
}

const publishes = (publisher: Service, type: string) => Object.hasOwn(subgraphs[publisher].events, type);

/** Policies for events of subgraphs that the service does not listen to, which would never run: a text for people, or none. */
export function unheardPolicies({ name, policies }: Listener): string[] {
  const unheard = Object.keys(policies).filter(
    (type) => !listensTo(name).some((publisher) => publishes(publisher, type)),
  );
  if (unheard.length === 0) return [];
  return [
    `The ${name} service has policies for ${unheard.join(', ')}, and does not listen to what publishes them: ` +
      'add that to its `listensTo` in schema/subgraphs.ts.',
  ];
}

/** Subgraphs that the service listens to without a policy for any of their events, whose streams it would hold for nothing. */
export function unhandledPublishers({ name, policies }: Listener): string[] {
  return listensTo(name)
    .filter((publisher) => !Object.keys(policies).some((type) => publishes(publisher, type)))
    .map(
      (publisher) =>
        `The ${name} service listens to ${publisher} and has no policy for its events: add one to ` +
        `subgraphs/${name}/src/policies/index.ts, or take ${publisher} out of its \`listensTo\` in schema/subgraphs.ts.`,
    );
}

/** Events without a policy that are not said to have none, or the other way round. */
export function eventsWithoutPolicy(listeners: readonly Pick<Listener, 'policies'>[]): string[] {
  const handled = new Set(listeners.flatMap(({ policies }) => Object.keys(policies)));
  return Object.keys(events).flatMap((type) => {
    if (handled.has(type) !== unhandledEvents.has(type)) return [];
    return handled.has(type)
      ? [`${type} has a policy: take it out of \`unhandled\` in schema/subgraphs.ts.`]
      : [
          `No subgraph handles ${type}: add a policy, or add it to its publisher's \`unhandled\` in schema/subgraphs.ts.`,
        ];
  });
}
