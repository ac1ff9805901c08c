// Whom we ask, with what, when, and who is left alone.

export async function choosingWhomToAsk(host) {
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

export async function askingAgainAndAgain(host) {
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

export async function seeingAMailBeforeItLeaves(host) {
  await host.call("GET", "/api/v1/sending", { expect: 200 });
  await host.call("POST", "/api/v1/sending/reconcile", { body: {}, expect: 409 });
  await host.call("POST", "/api/v1/sending/reconcile", { body: { send_again: "yes" }, expect: 422, wrong: true });
  const ask = { plugin: "relationship_nps" };
  const shown = (await host.call("POST", "/api/v1/campaigns/pages", { body: { ...ask, language: "de" }, token: "read", expect: 200 })).json();
  if (shown.pages.map((each) => each.name).join() !== "question,thanks") throw new Error("expected the question and the thanks");
  if (!shown.pages.every((each) => each.html.includes('lang="de"'))) throw new Error("expected pages in German");
  await host.call("POST", "/api/v1/campaigns/pages", { body: { plugin: "mail" }, expect: 501 });
  await host.call("POST", "/api/v1/campaigns/pages", { body: { ...ask, about: "relationship-99" }, expect: 422 });
  await host.call("POST", "/api/v1/campaigns/pages", { body: { ...ask, contact: "x" }, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/campaigns/preview", { body: { ...ask, contact: "nobody@nowhere.example" }, expect: 404 });
  await host.call("POST", "/api/v1/campaigns/preview", { body: { ...ask, contact: "x", reminder: 6 }, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/campaigns/test", { body: { ...ask, to: "nobody@nowhere.example" }, expect: 404 });
  await host.call("POST", "/api/v1/campaigns/test", { body: { ...ask, to: "x", words: { invitation: { en: { subject: "a\r\nBcc: b" } } } }, expect: 422, wrong: true });
}

export async function sendingASurvey(host, { at: { survey } }) {
  const ask = { plugin: "surveys", survey };
  const whom = { audience: { levels: ["executive"] } };
  const pages = (await host.call("POST", "/api/v1/campaigns/pages", { body: { ...ask, language: "en" }, token: "read", expect: 200 })).json();
  if (pages.pages.map((each) => each.name).join() !== "question,thanks") throw new Error("expected the survey's page and its thanks");
  const ways = [
    ["/api/v1/campaigns", whom, 201], ["/api/v1/campaigns/explain", whom, 200], ["/api/v1/campaigns/pages", {}, 200],
    ["/api/v1/campaigns/preview", { contact: "nobody@nowhere.example" }, 404], ["/api/v1/campaigns/test", { to: "nobody@nowhere.example" }, 404],
    ["/api/v1/campaign-schedules", { ...whom, rule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", at: "09:00", zone: "UTC", dry_run: true }, 200]];
  for (const [path, more, expect] of ways) {
    await host.call("POST", path, { body: { plugin: "surveys", ...more }, expect: 422 });
    await host.call("POST", path, { body: { ...ask, about: "another", ...more }, expect: 422 });
    await host.call("POST", path, { body: { plugin: "relationship_nps", survey, ...more }, expect: 422 });
    const unknown = await host.call("POST", path, { body: { plugin: "surveys", survey: "no-such-survey", ...more }, expect: 404 });
    if (!unknown.text.includes("no-such-survey")) throw new Error("expected the survey's name in " + unknown.text);
    const made = (await host.call("POST", path, { body: { ...ask, ...more }, expect })).json();
    if (expect === 201 && made.about !== survey) throw new Error("expected the survey in about, found " + made.about);
    if (expect === 201) await host.call("POST", "/api/v1/campaigns/{campaign}/change", { at: { campaign: made.id }, body: { about: "no-such-survey" }, expect: 404 });
    if (expect === 201) await host.call("POST", "/api/v1/campaigns/{campaign}/cancel", { at: { campaign: made.id }, expect: 200 });
  }
}

export async function leavingAddressesAlone(host) {
  await host.call("GET", "/api/v1/suppressions", { expect: 200 });
  await host.call("GET", "/api/v1/suppressions", { query: { cause: "hard", q: "ada" }, expect: 200 });
  await host.call("GET", "/api/v1/suppressions", { query: { cause: "dislike" }, expect: 422, wrong: true });
  const at = { address: "nobody@nowhere.example" };
  await host.call("GET", "/api/v1/suppressions/{address}", { at, expect: 404 });
  await host.call("POST", "/api/v1/suppressions/{address}/lift", { at, body: { note: "They called." }, expect: 404 });
  await host.call("POST", "/api/v1/suppressions/{address}/lift", { at, body: { why: "x" }, expect: 422, wrong: true });
}

export async function askingOnce(host, { contact }) {
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

export async function keepingSurveys(host) {
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
  const thanks = await host.call("POST", "/api/v1/surveys/preview", { body: { definition: ready.json(), thanks: true }, expect: 200 });
  if (thanks.json().html.includes("<form")) throw new Error("expected thanks, found something to answer");
  await host.call("POST", "/api/v1/surveys/preview", { body: { definition: ready.json(), thanks: "yes" }, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/surveys/preview", { body: { definition: ready.json(), page: 9 }, expect: 422 });
  await tryingSurveys(host, ready.json());
}

// A test counts nowhere: its page takes an answer to the end, and nothing of it is found afterwards.
async function tryingSurveys(host, draft) {
  const path = "/api/v1/surveys/test", to = "tester@halden.example";
  await host.call("POST", "/api/v1/teammates", { body: { email: to, name: "Tester" }, expect: 200 });
  const before = await host.call("GET", "/api/v1/answers", { query: { limit: 500 }, expect: 200 });
  const test = await host.call("POST", path, { body: { survey: "winter", to }, expect: 202 });
  await host.call("POST", path, { body: { survey: "winter", version: 1, to, language: "de" }, expect: 202 });
  await host.call("POST", path, { body: { definition: { ...draft, id: "not-added" }, to, language: "de" }, expect: 202 });
  await host.call("GET", "/api/v1/surveys/{survey}", { at: { survey: "not-added" }, expect: 404 });
  await host.call("POST", path, { body: { survey: "none", to }, expect: 404 });
  await host.call("POST", path, { body: { survey: "winter", to: "somebody@else.example" }, expect: 404 });
  await host.call("POST", path, { body: { definition: { id: "x" }, to }, expect: 422, wrong: true });
  for (const body of [{ to }, { survey: "winter", definition: draft, to }]) await host.call("POST", path, { body, expect: 422, wrong: true });
  await host.call("POST", path, { body: { survey: "winter", version: 0, to }, expect: 422, wrong: true });
  await host.call("POST", path, { body: { surveys: "winter" }, expect: 422, wrong: true });
  const url = new URL(test.json().url);
  const page = await fetch(host.url + url.pathname, { headers: { "accept-language": "en" } });
  const html = await page.text();
  if (page.status !== 200 || !html.includes("This is a test")) throw new Error(`expected a page that says that it is a test, found ${page.status} ${html}`);
  const form = new URLSearchParams([...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map((each) => [each[1], each[2]]));
  form.set("a", "3");
  const pressed = await fetch(host.url + url.pathname, { method: "POST", body: form, headers: { "accept-language": "en" } });
  const thanks = await pressed.text();
  if (pressed.status !== 200 || !thanks.includes("Thank you") || !thanks.includes("This is a test")) throw new Error(`expected thanks, found ${pressed.status} ${thanks}`);
  const wrongDoor = await fetch(host.url + url.pathname.replace("/t/", "/s/"));
  if (wrongDoor.status !== 404) throw new Error(`expected that a test's link opens no real page, found ${wrongDoor.status}`);
  const after = await host.call("GET", "/api/v1/answers", { query: { limit: 500 }, expect: 200 });
  if (after.json().answers.length !== before.json().answers.length) throw new Error("a test was kept as an answer");
  await host.call("POST", "/api/v1/links/{message}/revoke", { at: { message: test.json().message }, expect: 204 });
  const gone = await fetch(host.url + url.pathname);
  if (gone.status !== 410) throw new Error(`expected a link that was taken back, found ${gone.status}`);
}
