import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';

const page = (name: string) => `${import.meta.dirname}/${name}/index.html`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress()],
  build: {
    rolldownOptions: {
      input: {
        dashboard: page('dashboard'),
        operate: page('operate'),
        playground: page('playground'),
        'sign-in': page('sign-in'),
      },
      // GraphiQL's modules begin with directives for the React compiler, which has already been there.
      checks: { moduleLevelDirective: false },
    },
    // The pages may load files of this origin only, so nothing is written into them or as a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Monaco, which only the playground loads, is 1.8 MB in one piece.
    chunkSizeWarningLimit: 4_000,
  },
  worker: { format: 'es' },
});
