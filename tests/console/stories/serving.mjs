import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { equal, expect, story } from '../story.mjs';

const kBudget = 90_000; // bytes of script, gzipped, until the first page is there
const html = { Accept: 'text/html,application/xhtml+xml' };

if (!process.env.CANDOUR_CONSOLE_URL) {
  story('The host serves one page, strictly guarded, and its files for ever', async (house) => {
    const page = await fetch(house.url + '/', { headers: html });
    equal('policy', page.headers.get('content-security-policy'),
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html customer-page");
    equal('caching', page.headers.get('cache-control'), 'no-cache');
    const again = await fetch(house.url + '/', { headers: { ...html, 'If-None-Match': page.headers.get('etag') } });
    equal('asked again', again.status, 304);
    const text = await page.text();
    expect('no inline script or style', !/<script(?![^>]*src=)|<style|style="/.test(text));
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)[1];
    for (const coding of ['br', 'gzip', 'identity']) {
      const file = await fetch(house.url + script, { headers: { 'Accept-Encoding': coding } });
      equal(`${coding} of ${script}`, file.headers.get('content-encoding') ?? 'identity', coding);
      equal('kept', file.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    }
    for (const path of ['/api/v1/nothing', '/s/nothing', '/assets/nothing.js', '/nothing']) equal(path, (await fetch(house.url + path, { headers: html })).status, 404);
    equal('the plain pages stay', (await fetch(house.url + '/plain', { headers: html })).status, 200);
  });

  story('The host answers at every address that the console knows', async (house) => {
    const source = readFileSync(new URL('../../../host/console/src/lib/routes.ts', import.meta.url), 'utf8');
    const paths = [...source.matchAll(/: '(\/[^']*)'/g)].map(([, path]) => path.replace(/\{\w+\}/, 'x'));
    expect('a good number of addresses', paths.length > 15);
    for (const path of paths) equal(path, (await fetch(house.url + path, { headers: html })).status, 200);
  });

  story('The first page needs less script than the budget', async (house, browser) => {
    const page = await browser.person();
    const sizes = [];
    page.on('response', async (response) => { if (response.url().endsWith('.js')) sizes.push(response.body().then((bytes) => gzipSync(bytes).length)); });
    await page.visit('/today');
    const total = (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
    console.log(`       ${(total / 1000).toFixed(1)} kB of script, gzipped, of ${kBudget / 1000}`);
    expect(`at most ${kBudget} bytes, found ${total}`, total > 0 && total <= kBudget);
  });
}
