// Beside every text file its smaller twins; the host sends the smallest that a browser takes.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const isText = /\.(js|css|svg|json)$/;

export function compress(): Plugin {
  let folder = '';
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) { folder = config.build.outDir; },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) => isText.test(each))) {
        const bytes = readFileSync(join(folder, name));
        const twins = {
          gz: gzipSync(bytes, { level: 9 }),
          br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
        };
        for (const [ending, twin] of Object.entries(twins)) if (twin.length < bytes.length) writeFileSync(join(folder, `${name}.${ending}`), twin);
      }
    }
  };
}
