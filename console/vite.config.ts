/** How the console is built, served while it is worked on, and tested. */
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { embeddedStack } from './dev-stack';

export default defineConfig({
  base: '/console/',
  plugins: [{ ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' }, react(), embeddedStack()],
  // One sheet, there from the start: a page that is opened while the network comes back is never without its style.
  build: {
    target: 'es2023',
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', environment: 'node', include: ['test/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'components', environment: 'happy-dom', include: ['test/components/*.test.tsx'] },
      },
    ],
  },
});
