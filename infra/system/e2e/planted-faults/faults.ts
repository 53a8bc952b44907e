/** A fault of the code: a module of ours, and the one that takes its place, which is that module but for one function. */
export interface PlantedFault {
  /** As it is imported. */
  readonly module: string;
  readonly substitute: `./${string}.ts`;
}

/** Faults that tests must find, each of them a promise of the design that is broken. The README says which test finds it. */
export const plantedFaults = {
  'idempotency off': {
    module: '@airline/reservation/domain/place-reservation',
    substitute: './idempotency-off.ts',
  },
  'inbox off': { module: '@airline/database', substitute: './inbox-off.ts' },
  'for update off': { module: '@airline/database', substitute: './for-update-off.ts' },
  'acknowledge before commit': {
    module: '@airline/messaging',
    substitute: './acknowledge-before-commit.ts',
  },
  '* stream ids': { module: '@airline/messaging/redis/append', substitute: './any-stream-id.ts' },
  'surroundings count': { module: '@airline/database', substitute: './surroundings-count.ts' },
  'losses unnoticed': {
    module: '@airline/messaging/redis/lost-entries',
    substitute: './losses-unnoticed.ts',
  },
  'groups at the end': { module: '@airline/messaging/redis/group', substitute: './groups-at-the-end.ts' },
  'ownership off': { module: '@airline/service/caller', substitute: './ownership-off.ts' },
  'untraced events': { module: '@airline/messaging', substitute: './untraced-events.ts' },
} as const satisfies Readonly<Record<string, PlantedFault>>;

export type FaultName = keyof typeof plantedFaults;

/** @throws Error that names all faults */
export function faultNamed(name: string | undefined): FaultName {
  const names = Object.keys(plantedFaults);
  if (name !== undefined && isFault(name)) return name;
  throw new Error(`No such planted fault: "${name}"; use one of ${names.join(', ')}.`);
}

const isFault = (name: string): name is FaultName => Object.hasOwn(plantedFaults, name);

/** The options and variables with which a process under test has the fault. */
export function withFault(fault: FaultName): { nodeOptions: readonly string[]; env: Record<string, string> } {
  const preload = new URL('./fault.preload.ts', import.meta.url).pathname;
  return { nodeOptions: ['--import', preload], env: { PLANTED_FAULT: fault } };
}
