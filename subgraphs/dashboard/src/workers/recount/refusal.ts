import { RequestError } from '@airline/service';

/** A recount that cannot tell the right counts at present. */
export const tryAgainLater = (reason: string): RequestError =>
  new RequestError('TRY_AGAIN_LATER', `${reason}: try again in a moment.`);
