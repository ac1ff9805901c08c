// Who comes in, what the house is set to, and what runs in it.
const version = (answer) => answer.headers.get("etag");

export async function lettingPeopleIn(host) {
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

export async function tellingOthers(host) {
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

export async function dressing(host) {
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

export async function keepingTokens(host) {
  await host.call("GET", "/api/v1/tokens", { expect: 200 });
  const made = (await host.call("POST", "/api/v1/tokens", { body: { name: "robot", scope: "read,write" }, expect: 201 })).json();
  await host.call("POST", "/api/v1/tokens", { body: { name: "robot", scope: "everything" }, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/tokens", { body: { name: "robot", scope: "read" }, headers: { "idempotency-key": "k" }, expect: 422 });
  await host.call("POST", "/api/v1/tokens/{token}/revoke", { at: { token: made.id }, expect: 204 });
  await host.call("POST", "/api/v1/tokens/{token}/revoke", { at: { token: made.id }, expect: 404 });
  await host.call("POST", "/api/v1/tokens/{token}/revoke", { at: { token: "laptop" }, expect: 422 });
}

export async function knowingOurselves(host) {
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

// A manager sees everything, so it is somebody else who is limited.
export async function limitingWhoLooks(host) {
  await host.call("POST", "/api/v1/teammates", { body: { email: "tom@halden.example", name: "Tom Halloran" }, expect: 200 });
  const at = { teammate: "tom@halden.example" };
  const sight = "/api/v1/teammates/{teammate}/sight";
  const { ref } = (await host.call("GET", "/api/v1/accounts", { query: { limit: 1 }, expect: 200 })).json().accounts[0];
  const seen = (await host.call("POST", `${sight}/add`, { at, body: { account: ref }, expect: 200 })).json();
  if (seen.sees !== "all" || !seen.accounts.some((each) => each.ref === ref && each.named)) throw new Error("expected the account that was named");
  const limited = (await host.call("PUT", sight, { at, body: { sees: "own" }, expect: 200 })).json();
  if (limited.sees !== "own") throw new Error("expected a limit");
  await host.call("PUT", sight, { at, body: { sees: "some" }, expect: 422, wrong: true });
  await host.call("PUT", sight, { at: { teammate: "nobody@halden.example" }, body: { sees: "all" }, expect: 404 });
  await host.call("POST", `${sight}/remove`, { at, body: { account: ref }, expect: 200 });
  for (const way of ["add", "remove"]) {
    await host.call("POST", `${sight}/${way}`, { at, body: { account: "nobody" }, expect: 404 });
    await host.call("POST", `${sight}/${way}`, { at, body: { account: "" }, expect: 422 });
  }
  await host.call("GET", sight, { at, expect: 200 });
  await host.call("GET", sight, { at: { teammate: "nobody@halden.example" }, expect: 404 });
  await host.call("PUT", sight, { at, body: { sees: "all" }, expect: 200 });
}

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

export async function keepingDeadLetters(host) {
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

export async function settingPlugins(host) {
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
  await pieceOf(content, {});
  await pieceOf(content, { unknown: "perhaps" }, 422, true);
  await pieceOf("***", {}, 422);
}

// Who works when, and who stands behind whom: each leaves its row in the audit log.
export async function caring(host) {
  const [leaver, heir] = ["leaver@halden.example", "heir@halden.example"];
  for (const email of [leaver, heir]) await host.call("POST", "/api/v1/teammates", { body: { email, name: email }, expect: 200 });
  const week = { zone: "Europe/Berlin", weekly: [{ day: "mon", from: "09:00", to: "17:00" }], holidays: ["2027-01-01"] };
  await host.call("PUT", "/api/v1/calendars/{calendar}", { at: { calendar: "office" }, body: week, expect: 200 });
  await host.call("GET", "/api/v1/calendars/{calendar}", { at: { calendar: "office" }, expect: 200 });
  await host.call("PUT", "/api/v1/calendars/{calendar}", { at: { calendar: "office" }, body: { ...week, zone: "Nowhere/Else" }, expect: 422 });
  await host.call("PUT", "/api/v1/care/teammates/{teammate}", { at: { teammate: leaver }, body: { manager: heir, calendar: "office" }, expect: 204 });
  const account = (await host.call("GET", "/api/v1/accounts", { query: { limit: 1 }, expect: 200 })).json().accounts[0].id;
  await host.call("PUT", "/api/v1/care/accounts/{account}", { at: { account }, body: { sponsor: heir }, expect: 204 });
  await host.call("PUT", "/api/v1/care/accounts/{account}", { at: { account }, body: { sponsor: "" }, expect: 204 });
  await host.call("POST", "/api/v1/care/teammates/{teammate}/hand-over", { at: { teammate: leaver }, body: { to: heir, note: "They left.", dry_run: true }, expect: 200 });
  await host.call("POST", "/api/v1/care/teammates/{teammate}/hand-over", { at: { teammate: leaver }, body: { to: heir, note: "They left." }, expect: 200 });
  const rows = (await host.call("GET", "/api/v1/audit", { query: { act: "calendar_set" }, expect: 200 })).json().entries;
  if (rows[0].subject !== "office" || rows[0].before !== "" || !rows[0].after.startsWith("Europe/Berlin")) throw new Error(`expected what the calendar became, found ${JSON.stringify(rows[0])}`);
}

export async function lookingAfterTheHouse(host, { at }) {
  for (const path of ["/healthz", "/readyz", "/metrics"]) await host.call("GET", path, { token: null, expect: 200 });
  await host.call("GET", "/api/v1/plugins", { expect: 200 });
  await installingPlugins(host);
  await host.call("GET", "/api/v1/commitments", { expect: 200 });
  await host.call("POST", "/api/v1/messages/{message}/bounce", { at: { message: "nonsense" }, body: { status: "5.1.1", detail: "gone" }, expect: 422 });
  await host.call("GET", "/api/v1/events", { query: { after: 0 }, expect: 200 });
  await host.call("GET", "/api/v1/events", { query: { item: at.item, event: "raised" }, headers: { "last-event-id": "1" }, expect: 200 });
  await host.call("GET", "/api/v1/events", { query: { event: "exploded" }, expect: 422 });
}
