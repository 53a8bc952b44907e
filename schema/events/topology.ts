/** The four services; each publishes one stream. */
export const services = ['reservation', 'flight', 'payment', 'dashboard'] as const;
export type Service = (typeof services)[number];

/**
 * Who listens to whom. Publishers need it too: a stream may only be trimmed where every group that is
 * expected has passed, including one that has not been created yet.
 */
export const listensTo: Readonly<Record<Service, readonly Service[]>> = {
  reservation: ['flight', 'payment'],
  flight: ['reservation'],
  payment: ['flight', 'reservation'],
  dashboard: ['reservation', 'flight', 'payment'],
};

export const streamOf = (service: Service): string => `airline:${service}`;

export const listenersOf = (publisher: Service): readonly Service[] =>
  services.filter((service) => listensTo[service].includes(publisher));
