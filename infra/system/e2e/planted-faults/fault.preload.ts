import { registerHooks } from 'node:module';
import { faultNamed, plantedFaults } from './faults.ts';

// Loaded by `node --import` before a process under test: whatever imports the module of the fault that PLANTED_FAULT
// names gets its substitute, and the substitute the module itself.

const fault = plantedFaults[faultNamed(process.env.PLANTED_FAULT)];
const original = import.meta.resolve(fault.module);
const substitute = import.meta.resolve(fault.substitute);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    if (resolved.url !== original || context.parentURL === substitute) return resolved;
    return { ...resolved, url: substitute };
  },
});
