// Server-sent events over fetch: EventSource cannot send an Authorization header.
export interface Happening { seq: number; item: string; alias: string; version: number; event: string; state: string; at: string; actor: string; account: string; contact: string; owner: string }

/** Bytes to messages; a message ends with an empty line, a comment begins with a colon. */
export class EventReader {
  private rest = '';
  feed(text: string): { id: string; data: string }[] {
    const lines = (this.rest + text).replaceAll('\r\n', '\n');
    const end = lines.lastIndexOf('\n\n');
    this.rest = end < 0 ? lines : lines.slice(end + 2);
    if (end < 0) return [];
    return lines.slice(0, end).split('\n\n').map(message).filter((each) => each.data !== '');
  }
}

function message(block: string): { id: string; data: string } {
  const field = (name: string) =>
    block.split('\n').filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, '')).join('\n');
  return { id: field('id'), data: field('data') };
}
