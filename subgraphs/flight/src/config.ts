import { envVar } from '@airline/service';

/** The variables of the flight service alone. */
export const variables = {
  PROMOTIONS_DIR: envVar.text
    .optional()
    .describe('The folder of promotional texts, which all replicas share; default `$DATA_DIR/promotions`.'),
};
