// A real host in a folder of its own, on SQLite unless CANDOUR_DATABASES says otherwise, with the demo's customers and an undo window that a test can wait for.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

// Of PostgreSQL every house takes a database of its own (with_postgresql makes them).
const databases = (process.env.CANDOUR_DATABASES ?? '').split(' ').filter((each) => each !== '');

/** `demo: false`: nobody is there yet, neither customers nor answers. */
export async function openHouse(program, { demo = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'candour-console-'));
  const config = join(folder, 'candour.toml');
  const database = databases.shift();
  const env = { ...process.env, ...(database ? { CANDOUR_DATABASE: database } : {}) };
  const candour = (...words) => execFileSync(program, ['--config', config, ...words], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  candour('init', '--dir', folder);
  const outside = await freePort(); // where a story may listen as somebody else's program
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^undo_seconds = \d+/m, 'undo_seconds = 4').replace(/^# \[plugins\]$/m, `[plugins]\nprivate_hosts = ["127.0.0.1:${outside}"]`));
  const provider = { port: await freePort(), client: 'candour', secret: 'the secret of this client' };
  writeFileSync(join(folder, 'oidc-secret'), provider.secret);
  appendFileSync(config, `\n[sign_in.oidc]\nissuer = "http://localhost:${provider.port}"\nclient_id = "${provider.client}"\nsecret_file = "oidc-secret"\nlabel = "Halden account"\ngroups.manager = "customer-care"\n`);
  candour('migrate');
  candour('token', 'create', '--name', 'Priya', '--scope', 'read,write,send,admin', '--save');
  const token = readFileSync(join(folder, 'token'), 'utf8').trim();
  const port = Number(process.env.CANDOUR_CONSOLE_PORT) || (await freePort());
  const host = spawn(program, ['--config', config, 'serve', '--port', String(port), '--demo'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  host.stderr.on('data', (piece) => (log += piece));
  const ended = new Promise((resolve) => host.on('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  const close = async () => {
    host.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('the host is ready', async () => (await fetch(`${url}/readyz`)).ok);
    if (demo) candour('demo', 'load');
  } catch (failure) {
    await close();
    throw new Error(`${failure.message}\n${log.slice(-2000)}`);
  }
  const api = async (path, { body, version, verb = body === undefined ? 'GET' : 'POST' } = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, { method: verb, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...(version ? { 'If-Match': `"${version}"` } : {}) }, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${verb} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  return { program, url, token, outside, provider, api, candour, close, console: process.env.CANDOUR_CONSOLE_URL ?? url };
}

/** Waits for what can be observed, with a deadline. */
export async function until(what, holds, patience = 20_000) {
  const deadline = performance.now() + patience;
  let last;
  do {
    try {
      if (await holds()) return;
    } catch (failure) {
      last = failure;
    }
    await new Promise((resume) => setTimeout(resume, 40));
  } while (performance.now() < deadline);
  throw new Error(`not within ${patience / 1000} s: ${what}${last ? ` (${last.message})` : ''}`);
}
