import { groupContract } from './transport-contract/groups.contract.ts';
import type { StartTransport } from './transport-contract/process.fixture.ts';
import { redeliveryContract } from './transport-contract/redelivery.contract.ts';
import { tailContract } from './transport-contract/tail.contract.ts';

/** What every transport promises. Call it within a `describe` that names the transport. */
export function transportContract(start: StartTransport): void {
  groupContract(start);
  redeliveryContract(start);
  tailContract(start);
}
