import * as messaging from '@airline/messaging';

export * from '@airline/messaging';

/** Events carry no trace. */
export const createEncoder: typeof messaging.createEncoder = (options) => {
  const encode = messaging.createEncoder(options);
  return (event) => encode(event);
};
