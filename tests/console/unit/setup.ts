// What a browser has and Node has not; each test file begins with an empty one.
const shelf = () => {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key), key: (i: number) => [...kept.keys()][i] ?? null, get length() { return kept.size; } };
};
Object.assign(globalThis, { localStorage: shelf(), sessionStorage: shelf(), location: { hash: '', pathname: '/', search: '' } });
