// What somebody was writing outlives a reload, a sign-out and a power cut. It leaves when it was sent or thrown away.
const prefix = 'candour.draft.';

export type Draft = Record<string, string | boolean>;

export function draftOf(key: string, storage: Pick<Storage, 'getItem'> = localStorage): Draft {
  try {
    const read: unknown = JSON.parse(storage.getItem(prefix + key) ?? '{}');
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Draft) : {};
  } catch {
    return {};
  }
}
/** Something was written or chosen; a tick alone is nothing to keep. */
export const isDraft = (draft: Draft): boolean => Object.values(draft).some((value) => typeof value === 'string' && value.trim() !== '');

export function keepDraft(key: string, draft: Draft, storage: Pick<Storage, 'setItem' | 'removeItem'> = localStorage) {
  if (isDraft(draft)) storage.setItem(prefix + key, JSON.stringify(draft));
  else storage.removeItem(prefix + key);
}
export const dropDraft = (key: string, storage: Pick<Storage, 'removeItem'> = localStorage) => storage.removeItem(prefix + key);

/** For which steps of an item something is written and not sent. */
export function draftsOf(id: string, storage: Pick<Storage, 'length' | 'key'> = localStorage): string[] {
  const all = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  return all.filter((key) => key.startsWith(`${prefix}${id}:`)).map((key) => key.slice(prefix.length + id.length + 1)).sort();
}
