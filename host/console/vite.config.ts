import { existsSync, realpathSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { compress } from './compress.ts';

interface Modules { getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null }
/** Whether the first page needs it: what it imports, and what that imports. */
function isShell(id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const module = modules.getModuleInfo(id);
  return module !== null && (module.isEntry || module.importers.some((each) => isShell(each, modules, seen)));
}

export default defineConfig({
  plugins: [svelte(), compress()],
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0, // no data: addresses, so that the content security policy stays at 'self'
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // One file for the first page instead of twenty small ones: each costs a way to the cache and back.
      output: { codeSplitting: { groups: [{ name: (id, modules) => (isShell(id, modules) ? 'shell' : null) }] } }
    }
  },
  test: { globals: true, environment: 'node', dir: '../../tests/console/unit', setupFiles: '../../tests/console/unit/setup.ts' },
  server: {
    fs: { allow: ['.', existsSync('node_modules') ? realpathSync('node_modules') : '.'] }, // which may be a link
    // `npm run dev` beside a host: CANDOUR_URL=http://127.0.0.1:8080 npm run dev
    proxy: Object.fromEntries(['/api', '/l/', '/s/', '/demo', '/plain', '/readyz'].map((path) => [path, process.env['CANDOUR_URL'] ?? 'http://127.0.0.1:8080']))
  }
});
