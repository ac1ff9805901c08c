// Calls the host and holds every answer against the document.
export class Caller {
  // `deeds`: which operations leave a row in the audit log, and what it is called.
  constructor(document, url, tokens, deeds = []) {
    Object.assign(this, { document, url, tokens, faults: [], met: new Map(), left: new Set(), newest: new Map() });
    this.deeds = new Map(deeds.map((each) => [document.find(each.method, each.path), each.act]));
  }

  // `path` is the document's; what stands in braces comes from `at`. Throws when the answer is not the expected one.
  async call(method, path, { at = {}, query = {}, body, type = "application/json", headers = {}, token = "all", expect, wrong = false } = {}) {
    const operation = this.document.find(method, path);
    if (!operation) throw new Error(`${method} ${path} is not in the document`);
    if (body !== undefined && !wrong)
      for (const objection of this.document.objectionsToBody(operation, body, type)) this.fault(operation, `request: ${objection}`);
    const answer = await this.send(operation, { at, query, body, type, headers, token });
    for (const objection of this.document.objections(operation, answer)) this.fault(operation, objection);
    if (expect !== undefined && answer.status !== expect) this.fault(operation, `expected ${expect}, found ${answer.status}: ${answer.text.slice(0, 300)}`);
    return answer;
  }

  async send(operation, { at, query, body, type, headers, token }) {
    const path = operation.path.replace(/\{(\w+)\*?\}/g, (_, name) => encodeURIComponent(at[name] ?? "missing"));
    const search = new URLSearchParams(query).toString();
    const all = { accept: "application/json", ...headers };
    if (token) all.authorization = `Bearer ${this.tokens[token]}`;
    if (body !== undefined) all["content-type"] = type;
    const stop = new AbortController();
    const response = await fetch(this.url + path + (search ? `?${search}` : ""), {
      method: operation.method,
      headers: all,
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
      signal: stop.signal,
      redirect: "manual",
    });
    const streams = response.headers.get("content-type")?.startsWith("text/event-stream");
    const text = streams ? await firstPiece(response, stop) : await response.text();
    this.note(operation, response.status);
    if (response.status < 300 && this.deeds.has(operation) && !this.left.has(operation)) await this.lookForDeed(operation);
    return { status: response.status, headers: response.headers, type: response.headers.get("content-type"), text, json: () => JSON.parse(text) };
  }

  note(operation, status) {
    if (!this.met.has(operation)) this.met.set(operation, new Set());
    this.met.get(operation).add(status);
  }

  // Whether a row of its kind was written since the last look. A call that changed nothing may leave none; one call of each
  // operation must.
  async lookForDeed(operation) {
    const act = this.deeds.get(operation);
    const answer = await fetch(`${this.url}/api/v1/audit?limit=1&act=${act}`, { headers: { authorization: `Bearer ${this.tokens.all}` } });
    const seq = (await answer.json()).entries[0]?.seq ?? 0;
    if (seq > (this.newest.get(act) ?? 0)) this.left.add(operation);
    this.newest.set(act, seq);
  }

  fault(operation, what) {
    this.faults.push(`${operation.method} ${operation.path}: ${what}`);
  }
}

async function firstPiece(response, stop) {
  const reader = response.body.getReader();
  const { value } = await reader.read();
  stop.abort();
  return new TextDecoder().decode(value);
}
