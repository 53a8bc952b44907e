import { groupContract } from './transport-contract/groups.ts';
import type { StartTransport } from './transport-contract/process.ts';
import { redeliveryContract } from './transport-contract/redelivery.ts';
import { tailContract } from './transport-contract/tail.ts';

/** What every transport promises. Call it within a `describe` that names the transport. */
export function transportContract(start: StartTransport): void {
  groupContract(start);
  redeliveryContract(start);
  tailContract(start);
}
