// Server-sent events over fetch: EventSource cannot send an Authorization header.
export interface Happening { seq: number; item: string; alias: string; version: number; event: string; state: string; at: string; actor: string; account: string; contact: string; owner: string }

export interface Told { id: string; event: string; data: string }
/** Somebody of us is writing about an item just now; not what. */
export interface OpenDraft { item: string; holder: string; name: string; step: string }

/** Bytes to messages; a message ends with an empty line, a comment begins with a colon. */
export class EventReader {
  private rest = '';
  feed(text: string): Told[] {
    const lines = (this.rest + text).replaceAll('\r\n', '\n');
    const end = lines.lastIndexOf('\n\n');
    this.rest = end < 0 ? lines : lines.slice(end + 2);
    if (end < 0) return [];
    return lines.slice(0, end).split('\n\n').map(message).filter((each) => each.data !== '');
  }
}

function message(block: string): Told {
  const field = (name: string) =>
    block.split('\n').filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, '')).join('\n');
  return { id: field('id'), event: field('event'), data: field('data') };
}
