// The public contract, typed from schemas/http/openapi.yaml (`npm run api` makes schema.d.ts).
import { session } from '../lib/session.svelte';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
type Verb = 'get' | 'post' | 'put' | 'patch';
export type PathsOf<V extends Verb> = { [P in keyof paths]: paths[P] extends Record<V, { responses: unknown }> ? P : never }[keyof paths];
type Operation<P extends keyof paths, V extends Verb> = V extends keyof paths[P] ? paths[P][V] : never;
type JsonOf<R> = R extends { content: { 'application/json': infer J } } ? J : undefined;
export type Answer<P extends keyof paths, V extends Verb> = Operation<P, V> extends { responses: infer R }
  ? JsonOf<R extends { 200: infer A } ? A : R extends { 201: infer B } ? B : R extends { 202: infer C } ? C : never> : never;
type Query<P extends keyof paths> = Operation<P, 'get'> extends { parameters: { query?: infer Q } } ? Partial<NonNullable<Q>> : never;
type Body<P extends keyof paths, V extends Verb> = Operation<P, V> extends { requestBody?: infer B }
  ? NonNullable<B> extends { content: { 'application/json': infer J } } ? J : never : never;

export interface Names { [name: string]: string | number }

/** What was expected, what was found, what to do: RFC 9457. Status 0: the host cannot be reached. */
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string, readonly members: Record<string, unknown> = {}) {
    super(detail || title);
  }
  /** Of a 412: the item as it is now. */
  get current(): Schemas['Item'] | undefined {
    return this.members['current'] as Schemas['Item'] | undefined;
  }
}

export function address(path: string, names: Names = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name] ?? '')));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '' && value !== false) search.set(key, String(value));
  return search.size ? `${filled}?${search}` : filled;
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return new Problem(response.status, String(body['title'] ?? response.statusText), String(body['detail'] ?? ''), body);
}

export async function send(url: string, init: RequestInit & { headers?: Record<string, string> } = {}, token = session.token): Promise<Response> {
  const headers: Record<string, string> = { ...init.headers };
  if (token) headers['Authorization'] = `Bearer ${token}`;
  else if (init.method && session.press) headers['Candour-Press'] = session.press; // the browser adds the cookie
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers, cache: 'no-store' });
  } catch (failure) {
    if ((failure as Error).name === 'AbortError') throw failure;
    dispatchEvent(new Event('candour:lost'));
    throw new Problem(0, '', '');
  }
  if (response.status === 401 && session.inside && token === session.token) session.refused = true;
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function get<P extends PathsOf<'get'>>(path: P, names: Names = {}, query?: Query<P>, signal?: AbortSignal): Promise<Answer<P, 'get'>> {
  const response = await send(address(path, names, query), signal ? { signal } : {});
  return (await response.json()) as Answer<P, 'get'>;
}

/** `key`: what is sent twice with it is done once. */
export interface Given<B> { names?: Names; body?: B; version?: number; key?: string }

async function write<P extends keyof paths, V extends 'post' | 'put' | 'patch'>(verb: V, path: P, given: Given<Body<P, V>>): Promise<Answer<P, V>> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (given.version !== undefined) headers['If-Match'] = `"${given.version}"`;
  if (given.key) headers['Idempotency-Key'] = given.key;
  const response = await send(address(path, given.names), { method: verb.toUpperCase(), headers, body: JSON.stringify(given.body ?? {}) });
  return (response.status === 204 ? undefined : await response.json()) as Answer<P, V>;
}

export const post = <P extends PathsOf<'post'>>(path: P, given: Given<Body<P, 'post'>> = {}) => write('post', path, given);
export const put = <P extends PathsOf<'put'>>(path: P, given: Given<Body<P, 'put'>> = {}) => write('put', path, given);
export const patch = <P extends PathsOf<'patch'>>(path: P, given: Given<Body<P, 'patch'>> = {}) => write('patch', path, given);
