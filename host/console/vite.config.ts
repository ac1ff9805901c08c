import { existsSync, realpathSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { compress } from './compress.ts';

export default defineConfig({
  plugins: [svelte(), compress()],
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0, // no data: addresses, so that the content security policy stays at 'self'
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } }
  },
  test: { globals: true, environment: 'node', dir: '../../tests/console/unit', setupFiles: '../../tests/console/unit/setup.ts' },
  server: {
    fs: { allow: ['.', existsSync('node_modules') ? realpathSync('node_modules') : '.'] }, // which may be a link
    // `npm run dev` beside a host: CANDOUR_URL=http://127.0.0.1:8080 npm run dev
    proxy: Object.fromEntries(['/api', '/l/', '/s/', '/demo', '/plain', '/readyz'].map((path) => [path, process.env['CANDOUR_URL'] ?? 'http://127.0.0.1:8080']))
  }
});
