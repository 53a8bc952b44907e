// @ts-check
import module from 'node:module';

// Loaded before a command and before what it starts. Node reads drizzle's package.json anew for each of its ES modules, with
// 178 KB of `exports` (https://github.com/nodejs/node/blob/v26.10.0/lib/internal/modules/package_json_reader.js,
// getPackageScopeConfig): a third of the processor time in which a service starts. What one of them imports from another needs
// none of it. To be removed with drizzle-orm 1.0, whose `exports` are two (https://github.com/drizzle-team/drizzle-orm/pull/5934).
// Programs in an older Node, which lacks the hooks, may be started, too.

module.registerHooks?.({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    const isWithin = parentURL?.includes('/node_modules/drizzle-orm/') && /^\..*\.js$/.test(specifier);
    if (!isWithin) return next(specifier, context);
    return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
  },
});
