// What the contract is held against: each story calls some of the operations as a client would. Add one for a new route.
import { deskStories } from "./desk_stories.mjs";

const csv = { type: "text/csv" };
const version = (answer) => answer.headers.get("etag");

async function lookingAtItems(host, { at }) {
  const page = (await host.call("GET", "/api/v1/items", { query: { limit: 2 }, expect: 200 })).json();
  if (!page.next) throw new Error("expected more than one page of items");
  await host.call("GET", "/api/v1/items", { query: { limit: 2, cursor: page.next }, expect: 200 });
  await host.call("GET", "/api/v1/items", { query: { limit: 2, cursor: page.next, state: "raised" }, expect: 422 });
  await host.call("GET", "/api/v1/items", { query: { limit: 2, cursor: (page.next[0] === "0" ? "1" : "0") + page.next.slice(1) }, expect: 422 });
  for (const query of [{ state: "raised" }, { owner: "tea_x" }, { account: "acc_x" }, { contact: "con_x" }, { segment: "edge" }, { level: "executive" },
    { source: "surveys" }, { theme: "thm_x" }, { overdue: "true" }, { quiet: "true" }, { since: "2020-01-01" }, { until: "2020-01-01T00:00:00Z" }, { sort: "due" },
    { sort: "changed" }, { q: "aler" }])
    await host.call("GET", "/api/v1/items", { query, expect: 200 });
  for (const query of [{ stat: "raised" }, { state: "open" }, { limit: 0 }, { overdue: "perhaps" }, { since: "yesterday" }, { sort: "due", q: "x" }])
    await host.call("GET", "/api/v1/items", { query, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/items/{item}", { at, expect: 200 });
  await host.call("GET", "/api/v1/items/{item}", { at: { item: "LP-99999" }, expect: 404 });
  await host.call("GET", "/api/v1/items/{item}", { at: { item: "nonsense" }, expect: 422 });
  await host.call("GET", "/api/v1/items/{item}/rules", { at, expect: 200 });
  await host.call("GET", "/api/v1/items/{item}/rules", { at: { item: "LP-99999" }, expect: 404 });
}

// One step after the other, each at the version of the one before.
class Round {
  constructor(host, item) {
    Object.assign(this, { host, item });
  }
  async look() {
    this.version = version(await this.host.call("GET", "/api/v1/items/{item}", { at: { item: this.item }, expect: 200 }));
    return this;
  }
  async step(name, body, expect = 200) {
    const answer = await this.host.call("POST", `/api/v1/items/{item}/${name}`, { at: { item: this.item }, body, headers: { "if-match": this.version }, expect });
    if (answer.status === 200) this.version = version(answer);
    return answer;
  }
}

async function movingAnItem(host, { items, day, now }) {
  const path = "/api/v1/items/{item}/hear";
  const at = { item: items[0] };
  const body = { text: "You lose an hour a week.", mail: false };
  await host.call("POST", path, { at, body, expect: 428 });
  await host.call("POST", path, { at, body, headers: { "if-match": "3" }, expect: 400 });
  await host.call("POST", path, { at, body, headers: { "if-match": '"77"' }, expect: 412 });
  await host.call("POST", path, { at, body: "text=x", type: "text/plain", headers: { "if-match": '"1"' }, expect: 415, wrong: true });
  await host.call("POST", path, { at, body: { text: "x", mial: false }, headers: { "if-match": '"1"' }, expect: 422, wrong: true });
  const round = await new Round(host, items[0]).look();
  await round.step("change", { text: "Too early." }, 409);
  await round.step("hear", body);
  await round.step("decide", { will_change: true, text: "Exports get a queue.", why: "It hurts.", by: day });
  await round.step("change", { text: "Exports have a queue." });
  await host.call("GET", "/api/v1/items/{item}/closing-message", { at, expect: 200 });
  await round.step("tell", {});
  await round.step("cancel-tell", {});
  await round.step("tell", { in_person: { said: "Good, thank you.", channel: "phone", when: now } });
  await round.step("reopen", { reason: "It came back." });
  await round.step("note", { text: "Their new head of IT joins in May." });
  await round.step("abandon", { reason: "They left." });
  const other = await new Round(host, items[1]).look();
  await other.step("hear", body);
  await other.step("dismiss", { reason: "thanked" });
}

async function keepingTokens(host) {
  await host.call("GET", "/api/v1/tokens", { expect: 200 });
  const made = (await host.call("POST", "/api/v1/tokens", { body: { name: "robot", scope: "read,write" }, expect: 201 })).json();
  await host.call("POST", "/api/v1/tokens", { body: { name: "robot", scope: "everything" }, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/tokens", { body: { name: "robot", scope: "read" }, headers: { "idempotency-key": "k" }, expect: 422 });
  await host.call("POST", "/api/v1/tokens/{token}/revoke", { at: { token: made.id }, expect: 204 });
  await host.call("POST", "/api/v1/tokens/{token}/revoke", { at: { token: made.id }, expect: 404 });
  await host.call("POST", "/api/v1/tokens/{token}/revoke", { at: { token: "laptop" }, expect: 422 });
}

async function askingOnce(host, { contact }) {
  const path = "/api/v1/surveys/{survey}/links";
  const at = { survey: "autumn" };
  const headers = { "idempotency-key": "one-link" };
  const first = await host.call("POST", path, { at, body: { contact }, headers, expect: 201 });
  const again = await host.call("POST", path, { at, body: { contact }, headers, expect: 201 });
  if (again.text !== first.text || again.headers.get("idempotency-replayed") !== "true") throw new Error("expected the first answer again");
  await host.call("POST", path, { at, body: { contact: "somebody@else.example" }, headers, expect: 422 });
  await host.call("POST", path, { at, body: { contact: "nobody@nowhere.example" }, expect: 404 });
  await host.call("POST", path, { at: { survey: "none" }, body: { contact }, expect: 404 });
  await host.call("POST", "/api/v1/links/{message}/revoke", { at: { message: first.json().message }, expect: 204 });
  await host.call("POST", "/api/v1/links/{message}/revoke", { at: { message: first.json().message }, expect: 404 });
}

async function keepingSurveys(host) {
  const definition = { id: "winter", from: "Halden Systems", languages: { en: { question: "How was it?" } } };
  await host.call("POST", "/api/v1/surveys", { body: definition, expect: 201 });
  await host.call("POST", "/api/v1/surveys", { body: definition, expect: 200 });
  await host.call("POST", "/api/v1/surveys", { body: { id: "x" }, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/surveys", { expect: 200 });
  await host.call("GET", "/api/v1/surveys/{survey}", { at: { survey: "winter" }, expect: 200 });
  await host.call("GET", "/api/v1/surveys/{survey}", { at: { survey: "none" }, expect: 404 });
  await host.call("GET", "/api/v1/surveys/{survey}", { at: { survey: "winter" }, query: { version: 1 }, expect: 200 });
  await host.call("GET", "/api/v1/surveys/{survey}", { at: { survey: "winter" }, query: { version: 9 }, expect: 404 });
  await host.call("GET", "/api/v1/surveys/{survey}", { at: { survey: "winter" }, query: { version: 0 }, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/surveys/{survey}/qr", { at: { survey: "winter" }, expect: 200 });
  await host.call("GET", "/api/v1/surveys/{survey}/qr", { at: { survey: "none" }, expect: 404 });
  const copy = "/api/v1/surveys/{survey}/copy";
  await host.call("POST", copy, { at: { survey: "winter" }, body: { id: "winter-2" }, expect: 201 });
  await host.call("POST", copy, { at: { survey: "winter" }, body: { id: "winter-2" }, expect: 409 });
  await host.call("POST", copy, { at: { survey: "none" }, body: { id: "winter-3" }, expect: 404 });
  await host.call("GET", "/api/v1/ready-surveys", { expect: 200 });
  const ready = await host.call("GET", "/api/v1/ready-surveys/{survey}", { at: { survey: "trust" }, expect: 200 });
  await host.call("GET", "/api/v1/ready-surveys/{survey}", { at: { survey: "none" }, expect: 404 });
  await host.call("POST", "/api/v1/surveys/preview", { body: { definition: ready.json(), language: "de" }, expect: 200 });
  await host.call("POST", "/api/v1/surveys/preview", { body: { definition: ready.json(), page: 9 }, expect: 422 });
}

async function rulingAnswers(host) {
  const shown = await host.call("GET", "/api/v1/rules", { expect: 200 });
  const rules = [{ name: "executives", when: { levels: ["executive"], words: ["invoic*"] }, then: { raise: true, due: { hear_days: 1 } } }, ...shown.json().rules];
  await host.call("POST", "/api/v1/rules/test", { body: { rules, since: "2020-01-01" }, token: "read", expect: 200 });
  await host.call("POST", "/api/v1/rules/test", { body: { since: "2020-01-01" }, expect: 200 });
  await host.call("POST", "/api/v1/rules/test", { body: { since: "lately" }, expect: 422, wrong: true });
  await host.call("PUT", "/api/v1/rules", { body: { rules }, expect: 428 });
  await host.call("PUT", "/api/v1/rules", { body: { rules }, headers: { "if-match": '"7"' }, expect: 412 });
  const set = await host.call("PUT", "/api/v1/rules", { body: { rules, note: "tried" }, headers: { "if-match": version(shown) }, expect: 200 });
  await host.call("PUT", "/api/v1/rules", { body: { rules: [{ name: "x" }] }, headers: { "if-match": version(set) }, expect: 422, wrong: true });
}

async function bringingPeopleIn(host) {
  const accounts = "ref,name\nB-1,Birch & Sons\n,nameless\n";
  await host.call("POST", "/api/v1/imports/accounts", { ...csv, body: accounts, query: { dry_run: true }, expect: 200 });
  await host.call("POST", "/api/v1/imports/accounts", { ...csv, body: accounts, expect: 200 });
  await host.call("POST", "/api/v1/imports/accounts", { ...csv, body: "nam\nx\n", expect: 422 });
  await host.call("POST", "/api/v1/imports/accounts", { body: {}, expect: 415, wrong: true });
  await host.call("POST", "/api/v1/imports/contacts", { ...csv, body: "account_ref,name,email\nB-1,Bo Birch,bo@birch.example\n", expect: 200 });
  for (const list of ["accounts", "contacts"]) {
    const page = (await host.call("GET", `/api/v1/${list}`, { query: { limit: 1 }, expect: 200 })).json();
    await host.call("GET", `/api/v1/${list}`, { query: { limit: 1, cursor: page.next }, expect: 200 });
    await host.call("GET", `/api/v1/${list}`, { query: { cursor: "nonsense" }, expect: 422 });
  }
}

async function knowingPeople(host) {
  const at = { contact: "bo@birch.example" };
  await host.call("GET", "/api/v1/contacts/{contact}", { at, expect: 200 });
  await host.call("GET", "/api/v1/contacts/{contact}", { at: { contact: "nobody@nowhere.example" }, expect: 404 });
  await host.call("PATCH", "/api/v1/contacts/{contact}", { at, body: { roles: ["champion"], tags: ["key", "pilot"], zone: "Europe/Berlin", level: "executive" }, expect: 200 });
  for (const body of [{ roles: ["boss"] }, { tags: "key" }, { zone: "Mars/Base" }, { level: "king" }, { nickname: "Bo" }])
    await host.call("PATCH", "/api/v1/contacts/{contact}", { at, body, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/imports/contacts", { ...csv, body: "account_ref,name,email\nB-1,Robert Birch,robert@birch.example\n", expect: 200 });
  const twin = { contact: "robert@birch.example" };
  const gone = { contact: (await host.call("GET", "/api/v1/contacts/{contact}", { at: twin, expect: 200 })).json().id };
  await host.call("POST", "/api/v1/contacts/{contact}/merge", { at: twin, body: { into: "dele@moss.example" }, expect: 409 });
  await host.call("POST", "/api/v1/contacts/{contact}/merge", { at: twin, body: { into: at.contact }, expect: 200 });
  await host.call("PATCH", "/api/v1/contacts/{contact}", { at: gone, body: { active: false }, expect: 409 });
  await host.call("POST", "/api/v1/contacts/{contact}/split", { at: gone, expect: 200 });
  await host.call("POST", "/api/v1/contacts/{contact}/split", { at: gone, expect: 409 });
  await host.call("POST", "/api/v1/contacts/{contact}/erase", { at: gone, body: { dry_run: true }, expect: 200 });
  await host.call("POST", "/api/v1/contacts/{contact}/erase", { at: gone, expect: 200 });
  await host.call("POST", "/api/v1/contacts/{contact}/erase", { at: gone, expect: 409 });
  const met = "ref,account_ref,kind,at,contacts\ncal-1,B-1,meeting,2026-03-02 14:00,bo@birch.example\ncal-2,B-9,call,2026-03-02,\n";
  await host.call("POST", "/api/v1/imports/touchpoints", { ...csv, body: met, expect: 200 });
}

async function knowingOurselves(host) {
  await host.call("POST", "/api/v1/teammates", { body: { email: "ines@halden.example", name: "Ines Ferrer" }, expect: 200 });
  await host.call("POST", "/api/v1/teammates", { body: { email: "ines" }, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/teammates", { expect: 200 });
  const at = { teammate: "ines@halden.example" };
  const chosen = { kinds: { due_soon: "now", watching: "off" }, digest_hour: 7, digest_zone: "Europe/Oslo", write_again: true };
  await host.call("PUT", "/api/v1/teammates/{teammate}/notify", { at, body: chosen, expect: 200 });
  await host.call("PUT", "/api/v1/teammates/{teammate}/notify", { at, body: { digest_hour: null }, expect: 200 });
  for (const body of [{ digest_hour: 25 }, { kinds: { holidays: "now" } }, { kinds: { overdue: "later" } }])
    await host.call("PUT", "/api/v1/teammates/{teammate}/notify", { at, body, expect: 422, wrong: true });
  await host.call("PUT", "/api/v1/teammates/{teammate}/notify", { at, body: { digest_zone: "Mars/Base" }, expect: 422 });
  await host.call("GET", "/api/v1/teammates/{teammate}/notify", { at, expect: 200 });
  await host.call("GET", "/api/v1/teammates/{teammate}/notify", { at: { teammate: "nobody@halden.example" }, expect: 404 });
  await host.call("POST", "/api/v1/teammates/{teammate}/deactivate", { at: { teammate: "priya@halden.example" }, expect: 409 });
  await host.call("POST", "/api/v1/teammates/{teammate}/deactivate", { at: { teammate: "ines@halden.example" }, expect: 200 });
}

// What a package does that is one, tests/author tells: it takes a compiler.
async function installingPlugins(host) {
  const bytes = { type: "application/octet-stream", wrong: true };
  await host.call("POST", "/api/v1/plugins", { ...bytes, body: "no package", expect: 422 });
  await host.call("POST", "/api/v1/plugins", { ...bytes, body: "", token: "read", expect: 403 });
  const at = { plugin: "nobody.knows" };
  await host.call("GET", "/api/v1/plugins/{plugin}", { at, expect: 404 });
  for (const word of ["enable", "disable", "rollback"]) await host.call("POST", `/api/v1/plugins/{plugin}/${word}`, { at, expect: 404 });
  await host.call("POST", "/api/v1/plugins/{plugin}/grants", { at, body: { grant: ["kv"] }, expect: 404 });
  await host.call("POST", "/api/v1/plugins/{plugin}/grants", { at, body: { grant: "kv" }, expect: 422, wrong: true });
}

// A job becomes one after five tries; what is done with it, tests/flow tells.
async function keepingDeadLetters(host) {
  await host.call("GET", "/api/v1/dead-letters", { expect: 200 });
  await host.call("GET", "/api/v1/dead-letters", { query: { plugin: "surveys", limit: 1 }, expect: 200 });
  for (const query of [{ plugn: "surveys" }, { limit: 0 }, { cursor: "x" }])
    await host.call("GET", "/api/v1/dead-letters", { query, expect: 422, wrong: true });
  const one = "/api/v1/dead-letters/{letter}";
  const at = { letter: 4711 };
  await host.call("GET", one, { at, expect: 404 });
  await host.call("GET", one, { at: { letter: "nonsense" }, expect: 422, wrong: true });
  await host.call("POST", `${one}/replay`, { at, expect: 404 });
  await host.call("POST", `${one}/replay`, { at, token: "read", expect: 403 });
  await host.call("POST", `${one}/discard`, { at, body: { reason: "a test of ours" }, expect: 404 });
  await host.call("POST", `${one}/discard`, { at, body: { why: "x" }, expect: 422, wrong: true });
}

async function settingPlugins(host) {
  const path = "/api/v1/plugins/{plugin}/config";
  const at = { plugin: "surveys" };
  const shown = await host.call("GET", path, { at, expect: 200 });
  await host.call("GET", path, { at: { plugin: "nobody.knows" }, expect: 404 });
  await host.call("GET", path, { at, token: "read", expect: 403 });
  const put = (body, etag, expect, wrong = false) =>
    host.call("PUT", path, { at, body, headers: etag ? { "if-match": etag } : {}, expect, wrong });
  await put({ config: {} }, null, 428);
  await put({ config: {} }, "3", 400);
  await put({ config: { volume: 11 } }, version(shown), 422);
  await put({ confg: {} }, version(shown), 422, true);
  const fresh = await put({ config: {} }, version(shown), 200);
  await put({ config: {} }, version(shown), 412);
  if (fresh.json().trouble !== "") throw new Error("expected the plugin to run again");
  const bytes = { type: "application/octet-stream" };
  await host.call("POST", "/api/v1/plugins/{plugin}/imports/{import}", { ...bytes, at: { ...at, import: "csv" }, query: { name: "a.csv" }, body: "a", expect: 404 });
  const pieceOf = (content, more, expect = 200, wrong = false) =>
    host.call("POST", "/api/v1/plugins/{plugin}/imports/{import}", {
      at: { plugin: "imports", import: "csv" }, body: { content, options: { survey: "s" }, ...more }, expect, wrong });
  const content = btoa("id,date,score\n1,2025-03-31,9\n2,soon,9\n");
  const said = (await pieceOf(content, { dry_run: true })).json();
  if (said.new !== 1 || said.refused !== 1) throw new Error("expected one answer and one refused row");
  await pieceOf(content, { unknown: "perhaps" }, 422, true);
  await pieceOf("***", {}, 422);
}

async function watchingAccounts(host) {
  await host.call("GET", "/api/v1/signals", { expect: 200 });
  await host.call("GET", "/api/v1/signals/findings", { expect: 200 });
  for (const query of [{ account: "acc_x" }, { signal: "silence" }, { ended: true }, { limit: 1 }])
    await host.call("GET", "/api/v1/signals/findings", { query, expect: 200 });
  for (const query of [{ acount: "x" }, { limit: 0 }, { ended: "perhaps" }, { cursor: "x" }])
    await host.call("GET", "/api/v1/signals/findings", { query, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/signals/evaluate", { body: { account: "nobody" }, expect: 422 });
  await host.call("POST", "/api/v1/signals/evaluate", { body: { acount: "x" }, expect: 422, wrong: true });
  const account = (await host.call("GET", "/api/v1/accounts", { query: { limit: 1 }, expect: 200 })).json().accounts[0].id;
  await host.call("POST", "/api/v1/signals/evaluate", { body: { account }, expect: 200 });
}

async function lookingAfterTheHouse(host, { at }) {
  for (const path of ["/healthz", "/readyz", "/metrics"]) await host.call("GET", path, { token: null, expect: 200 });
  await host.call("GET", "/api/v1/plugins", { expect: 200 });
  await installingPlugins(host);
  await host.call("GET", "/api/v1/commitments", { expect: 200 });
  await host.call("POST", "/api/v1/messages/{message}/bounce", { at: { message: "nonsense" }, body: { status: "5.1.1", detail: "gone" }, expect: 422 });
  await host.call("GET", "/api/v1/events", { query: { after: 0 }, expect: 200 });
  await host.call("GET", "/api/v1/events", { query: { item: at.item, event: "raised" }, headers: { "last-event-id": "1" }, expect: 200 });
  await host.call("GET", "/api/v1/events", { query: { event: "exploded" }, expect: 422 });
}

async function takingEverythingAlong(host) {
  const take = (what, query, expect = 200) => host.call("GET", "/api/v1/exports/{what}", { at: { what }, query, expect, wrong: expect !== 200 });
  for (const what of ["items", "answers", "contacts", "accounts", "promises", "ledgers"]) {
    const csv = (await take(what, { excel: true })).text;
    const lines = (await take(what, { format: "jsonl" })).text.split("\n").filter((line) => line);
    for (const line of lines) JSON.parse(line);
    if (lines.length === 0) throw new Error(`${what}: expected something to export`);
    const columns = csv.replace(/^\uFEFF/, "").split("\r\n")[0].replaceAll(",", ", ");
    const promised = host.document.tree.paths["/api/v1/exports/{what}"].get.description.replace(/\s+/g, " ");
    if (!promised.includes(`\`${what}\`: ${columns}.`)) throw new Error(`${what}: the document promises other columns than ${columns}`);
  }
  for (const query of [{ state: "raised" }, { segment: "edge" }, { q: "aler" }, { sort: "changed" }, { overdue: "true" }]) await take("items", query);
  for (const query of [{ format: "xlsx" }, { excel: "perhaps" }, { limit: 5 }, { cursor: "x" }, { standing: "open" }, { state: "open" }]) await take("items", query, 422);
  await take("answers", { source: "surveys", since: "2020-01-01" });
  await take("promises", { standing: "open", due_before: "2100-01-01" });
  await take("secrets", {}, 404);
}

async function lettingPeopleIn(host) {
  const at = { user: "ines@halden.example" };
  await host.call("POST", "/api/v1/users", { body: { email: "ines@halden.example", name: "Ines Ferrer", role: "viewer" }, expect: 201 });
  await host.call("POST", "/api/v1/users", { body: { email: "ines", role: "viewer" }, expect: 422 });
  await host.call("POST", "/api/v1/users", { body: { email: "x@halden.example", role: "king" }, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/users", { expect: 200 });
  await host.call("POST", "/api/v1/users/{user}/role", { at, body: { role: "manager" }, expect: 200 });
  await host.call("POST", "/api/v1/users/{user}/role", { at: { user: "nobody" }, body: { role: "manager" }, expect: 404 });
  await host.call("POST", "/api/v1/users/{user}/link", { at, body: { mail: false }, expect: 200 });
  await host.call("GET", "/api/v1/users/{user}/devices", { at, expect: 200 });
  await host.call("POST", "/api/v1/users/{user}/sign-out", { at, expect: 200 });
  await host.call("POST", "/api/v1/users/{user}/disable", { at, expect: 200 });
  await host.call("POST", "/api/v1/users/{user}/link", { at, body: {}, expect: 409 });
  await host.call("GET", "/api/v1/me", { expect: 200 });
  await host.call("POST", "/api/v1/sign-out", { expect: 422 });
  const page = (await host.call("GET", "/api/v1/audit", { query: { limit: 1 }, expect: 200 })).json();
  await host.call("GET", "/api/v1/audit", { query: { limit: 1, cursor: page.next }, expect: 200 });
  for (const query of [{ actor: "shell" }, { act: "role_changed" }]) await host.call("GET", "/api/v1/audit", { query, expect: 200 });
  await host.call("GET", "/api/v1/audit", { query: { actr: "x" }, expect: 422, wrong: true });
}

async function tellingOthers(host) {
  const url = "https://192.0.2.1/candour"; // an address of nobody: nothing leaves this machine
  const made = (await host.call("POST", "/api/v1/webhooks", { body: { name: "crm", url, events: ["told"] }, expect: 201 })).json();
  const at = { webhook: made.id };
  for (const body of [{ name: "x", url: "http://10.0.0.1/" }, { name: "x", url, events: ["exploded"] }, { name: "", url }, { name: "x", url: "ftp://x" }])
    await host.call("POST", "/api/v1/webhooks", { body, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/webhooks", { expect: 200 });
  await host.call("PATCH", "/api/v1/webhooks/{webhook}", { at, body: { format: "slack", events: [] }, expect: 200 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/rotate", { at, expect: 200 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/rotate", { at, headers: { "idempotency-key": "k" }, expect: 422 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/rotate", { at: { webhook: "crm" }, expect: 422 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/disable", { at, expect: 204 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/test", { at, expect: 409 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/enable", { at, expect: 204 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/enable", { at, expect: 409 });
  const sent = (await host.call("POST", "/api/v1/webhooks/{webhook}/test", { at, expect: 202 })).json();
  await host.call("GET", "/api/v1/webhooks/{webhook}/deliveries", { at, expect: 200 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/deliveries/{delivery}/replay", { at: { ...at, delivery: sent.delivery }, expect: 404 });
  await host.call("POST", "/api/v1/webhooks/{webhook}/remove", { at, expect: 204 });
  await host.call("GET", "/api/v1/webhooks/{webhook}/deliveries", { at, expect: 404 });
}

async function dressing(host) {
  const path = "/api/v1/brand";
  const before = await host.call("GET", path, { token: "read", expect: 200 });
  const headers = { "if-match": version(before) };
  const logo = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>').toString("base64");
  await host.call("PUT", path, { body: { colour: "#0b6b49" }, expect: 428 });
  await host.call("PUT", path, { body: { colour: "#0b6b49" }, headers: { "if-match": "1" }, expect: 400 });
  await host.call("PUT", path, { body: { colour: "#0b6b49" }, headers, token: "read", expect: 403 });
  await host.call("PUT", path, { body: "colour=x", type: "text/plain", headers, expect: 415, wrong: true });
  for (const body of [{ colour: "green" }, { colors: "#0b6b49" }]) await host.call("PUT", path, { body, headers, expect: 422, wrong: true });
  await host.call("PUT", path, { body: { logo: Buffer.from("<svg onload='x()'/>").toString("base64") }, headers, expect: 422 });
  const after = await host.call("PUT", path, { body: { name: "Halden", colour: "#0B6b49", logo }, headers, expect: 200 });
  if (after.json().text_colour !== "#ffffff" || after.json().contrast < 4.5) throw new Error("expected a text that can be read");
  await host.call("PUT", path, { body: {}, headers, expect: 412 });
  await host.call("PUT", path, { body: { logo: null }, headers: { "if-match": version(after) }, expect: 200 });
  await host.call("POST", "/api/v1/brand/preview", { body: { colour: "#ffe600", name: "Halden", language: "de" }, token: "read", expect: 200 });
  await host.call("POST", "/api/v1/brand/preview", { body: { colour: "yellow" }, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/settings", { token: "read", expect: 200 });
  await host.call("GET", "/api/v1/first-steps", { token: "read", expect: 200 });
  await host.call("POST", "/api/v1/first-steps/dismiss", { token: "read", expect: 403 });
  await host.call("POST", "/api/v1/first-steps/dismiss", { expect: 204 });
  await host.call("POST", "/api/v1/first-steps/show", { expect: 204 });
}

async function choosingWhomToAsk(host) {
  const path = "/api/v1/campaigns/explain";
  const ask = { plugin: "relationship_nps", audience: { levels: ["executive"], last_answer: { never: true }, sample: { per_account: 2, share: { operational: 20 } } } };
  const page = await host.call("POST", path, { body: { ...ask, limit: 1 }, token: "read", expect: 200 });
  if (page.json().next) await host.call("POST", path, { body: { ...ask, limit: 1, cursor: page.json().next }, token: "read", expect: 200 });
  await host.call("POST", path, { body: { ...ask, status: "skipped", reason: "resting" }, expect: 200 });
  await host.call("POST", path, { body: { ...ask, audience: { accounts: ["nobody"] } }, expect: 404 });
  for (const wrong of [{ status: "gone" }, { limit: 0 }, { audience: { roles: ["boss"] } }, { audience: { all: true, sample: { per_account: -1 } } }, { whom: "all" }])
    await host.call("POST", path, { body: { ...ask, ...wrong }, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/campaigns", { body: { plugin: "relationship_nps", audience: { all: true }, at: "2099-01-01T00:00:00Z" }, expect: 422 });
  const planned = (await host.call("POST", "/api/v1/campaigns", { body: { plugin: "relationship_nps", audience: { levels: ["executive"] } }, expect: 201 })).json();
  const at = { campaign: planned.id };
  const one = (await host.call("GET", "/api/v1/campaigns/{campaign}/contacts", { at, query: { limit: 1 }, expect: 200 })).json();
  if (one.next) await host.call("GET", "/api/v1/campaigns/{campaign}/contacts", { at, query: { limit: 1, cursor: one.next }, expect: 200 });
  await host.call("GET", "/api/v1/campaigns/{campaign}/contacts", { at, query: { status: "skipped", reason: "resting" }, expect: 200 });
  await host.call("GET", "/api/v1/campaigns/{campaign}/contacts", { at, query: { status: "gone" }, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/campaigns/{campaign}/contacts", { at: { campaign: "cmp_00000000000000000000000000" }, expect: 404 });
  for (const step of ["pause", "pause", "resume"]) await host.call("POST", `/api/v1/campaigns/{campaign}/${step}`, { at, expect: 200 });
  const words = { invitation: { en: { subject: "Two minutes, {{contact}}?" } } };
  await host.call("POST", "/api/v1/campaigns/{campaign}/change", { at, body: { words, not_after: "2099-01-01T00:00:00Z" }, expect: 200 });
  for (const wrong of [{ words: { invitation: { en: { text: "Dear {{first_name}}" } } } }, { words: { farewell: {} } }, { about: "" }, { rate: 5 }])
    await host.call("POST", "/api/v1/campaigns/{campaign}/change", { at, body: wrong, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/campaigns/{campaign}/cancel", { at, expect: 200 });
  for (const step of ["pause", "resume"]) await host.call("POST", `/api/v1/campaigns/{campaign}/${step}`, { at, expect: 409 });
  await host.call("POST", "/api/v1/campaigns/{campaign}/change", { at, body: { about: "x" }, expect: 409 });
}

async function askingAgainAndAgain(host) {
  const path = "/api/v1/campaign-schedules";
  const ask = { plugin: "relationship_nps", audience: { levels: ["executive"] }, rule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", at: "09:00", zone: "Europe/Berlin" };
  await host.call("POST", path, { body: { ...ask, dry_run: true }, expect: 200 });
  for (const wrong of [{ rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }, { rule: "FREQ=HOURLY" }, { rule: "often" }, { zone: "Europe/Atlantis" }, { at: "25:00" }, { reminders: [1, 2, 3, 4, 5, 6] }, { whom: "all" }])
    await host.call("POST", path, { body: { ...ask, ...wrong }, expect: 422, wrong: true });
  await host.call("POST", path, { body: { ...ask, audience: { accounts: ["nobody"] } }, expect: 404 });
  const made = (await host.call("POST", path, { body: { ...ask, reminders: [7], by_cadence: true }, expect: 201 })).json();
  const at = { schedule: made.id };
  await host.call("GET", path, { expect: 200 });
  await host.call("GET", `${path}/{schedule}`, { at, expect: 200 });
  await host.call("GET", `${path}/{schedule}`, { at: { schedule: "sch_00000000000000000000000000" }, expect: 404 });
  for (const step of ["pause", "resume", "end"]) await host.call("POST", `${path}/{schedule}/${step}`, { at, expect: 200 });
  await host.call("POST", `${path}/{schedule}/resume`, { at, expect: 409 });
}

async function seeingAMailBeforeItLeaves(host) {
  await host.call("GET", "/api/v1/sending", { expect: 200 });
  await host.call("POST", "/api/v1/sending/reconcile", { body: {}, expect: 409 });
  await host.call("POST", "/api/v1/sending/reconcile", { body: { send_again: "yes" }, expect: 422, wrong: true });
  const ask = { plugin: "relationship_nps" };
  await host.call("POST", "/api/v1/campaigns/preview", { body: { ...ask, contact: "nobody@nowhere.example" }, expect: 404 });
  await host.call("POST", "/api/v1/campaigns/preview", { body: { ...ask, contact: "x", reminder: 6 }, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/campaigns/test", { body: { ...ask, to: "nobody@nowhere.example" }, expect: 404 });
  await host.call("POST", "/api/v1/campaigns/test", { body: { ...ask, to: "x", words: { invitation: { en: { subject: "a\r\nBcc: b" } } } }, expect: 422, wrong: true });
}

async function leavingAddressesAlone(host) {
  await host.call("GET", "/api/v1/suppressions", { expect: 200 });
  await host.call("GET", "/api/v1/suppressions", { query: { cause: "hard", q: "ada" }, expect: 200 });
  await host.call("GET", "/api/v1/suppressions", { query: { cause: "dislike" }, expect: 422, wrong: true });
  const at = { address: "nobody@nowhere.example" };
  await host.call("GET", "/api/v1/suppressions/{address}", { at, expect: 404 });
  await host.call("POST", "/api/v1/suppressions/{address}/lift", { at, body: { note: "They called." }, expect: 404 });
  await host.call("POST", "/api/v1/suppressions/{address}/lift", { at, body: { why: "x" }, expect: 422, wrong: true });
}

export const stories = [
  choosingWhomToAsk, askingAgainAndAgain, seeingAMailBeforeItLeaves, leavingAddressesAlone,
  lettingPeopleIn, tellingOthers, dressing,
  lookingAtItems, movingAnItem, keepingTokens, askingOnce, keepingSurveys, rulingAnswers, bringingPeopleIn, knowingPeople, knowingOurselves, keepingDeadLetters, settingPlugins, watchingAccounts, lookingAfterTheHouse, takingEverythingAlong,
  ...deskStories,
];
