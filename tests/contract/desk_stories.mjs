// What stands around items: counts, one more by hand, drafts, previews; accounts, their threads, answers.
async function countingItems(host) {
  const counts = (await host.call("GET", "/api/v1/items/counts", { expect: 200 })).json();
  if (counts.counts.length !== 8) throw new Error("expected every state once");
  for (const query of [{ owner: "tea_x" }, { account: "acc_x" }, { contact: "con_x" }, { segment: "edge" }, { level: "executive" }, { source: "surveys" }, { theme: "thm_x" },
    { overdue: "true" }, { quiet: "true" }, { owes: "nothing" }, { since: "2020-01-01" }, { until: "2100-01-01" }, { q: "aler" }])
    await host.call("GET", "/api/v1/items/counts", { query, expect: 200 });
  for (const query of [{ state: "raised" }, { sort: "due" }, { cursor: "x" }, { segment: "none" }, { owes: "all" }]) await host.call("GET", "/api/v1/items/counts", { query, expect: 422, wrong: true });
}

async function writingDownAnItem(host, { contact, now }) {
  const body = { contact, words: "The export takes an hour, and nobody told us why.", channel: "phone", topic: "export", when: now };
  const headers = { "idempotency-key": "call-17" };
  const made = (await host.call("POST", "/api/v1/items", { body, headers, expect: 201 })).json();
  if (made.state !== "raised" || made.verbatim !== body.words) throw new Error("expected what was said, raised");
  await host.call("POST", "/api/v1/items", { body, headers, expect: 201 });
  await host.call("POST", "/api/v1/items", { body: { ...body, acknowledge: true }, expect: 201 });
  await host.call("POST", "/api/v1/items", { body: { ...body, contact: "nobody@nowhere.example" }, expect: 404 });
  await host.call("POST", "/api/v1/items", { body: { ...body, when: "2100-01-01T00:00:00Z" }, expect: 422 });
  for (const wrong of [{ words: "" }, { channel: "" }, { when: "yesterday" }, { score: 3 }])
    await host.call("POST", "/api/v1/items", { body: { ...body, ...wrong }, expect: 422, wrong: true });
  await host.call("POST", "/api/v1/items", { body, token: "read", expect: 403 });
  const at = { item: made.alias };
  const preview = "/api/v1/items/{item}/heard-message";
  const mail = (await host.call("POST", preview, { at, body: { text: "You lose an hour a day." }, token: "read", expect: 200 })).json();
  if (!mail.html.includes("You lose an hour a day.") || !mail.address.includes("@")) throw new Error("expected the mail and to whom it goes");
  await host.call("POST", preview, { at, body: { text: "" }, expect: 422, wrong: true });
  await host.call("POST", preview, { at: { item: "LP-99999" }, body: { text: "x" }, expect: 404 });
  const drafts = "/api/v1/items/{item}/drafts";
  await host.call("POST", drafts, { at, body: { step: "hear" }, expect: 200 });
  const open = (await host.call("GET", drafts, { at, expect: 200 })).json().drafts;
  if (open.length !== 1 || open[0].step !== "hear") throw new Error("expected one open draft");
  await host.call("POST", drafts, { at, body: { step: "hear", open: false }, expect: 200 });
  if ((await host.call("GET", drafts, { at, expect: 200 })).json().drafts.length !== 0) throw new Error("expected no open draft");
  await host.call("POST", drafts, { at, body: { step: "sing" }, expect: 422 });
  await host.call("POST", drafts, { at, body: { step: "hear", words: "of mine" }, expect: 422, wrong: true });
  await host.call("POST", drafts, { at: { item: "LP-99999" }, body: { step: "hear" }, expect: 404 });
}

async function lookingAtAnAccount(host) {
  const { ref } = (await host.call("GET", "/api/v1/accounts", { query: { limit: 1 }, expect: 200 })).json().accounts[0];
  const at = { account: ref };
  const account = (await host.call("GET", "/api/v1/accounts/{account}", { at, expect: 200 })).json();
  await host.call("GET", "/api/v1/accounts/{account}", { at: { account: account.id }, expect: 200 });
  await host.call("GET", "/api/v1/accounts/{account}", { at: { account: "nobody" }, expect: 404 });
  await host.call("GET", "/api/v1/accounts/{account}/threads", { at, expect: 200 });
  await host.call("GET", "/api/v1/accounts/{account}/threads", { at, query: { days: 365 }, expect: 200 });
  await host.call("GET", "/api/v1/accounts/{account}/threads", { at, query: { days: 0 }, expect: 422, wrong: true });
  await host.call("GET", "/api/v1/accounts/{account}/threads", { at: { account: "nobody" }, expect: 404 });
  const touches = "/api/v1/accounts/{account}/touchpoints";
  await host.call("GET", touches, { at, query: { since: "2020-01-01", contact: "con_x", limit: 1 }, expect: 200 });
  await host.call("GET", touches, { at, query: { limit: 0 }, expect: 422, wrong: true });
  await host.call("GET", touches, { at: { account: "nobody" }, expect: 404 });
  const page = (await host.call("GET", "/api/v1/answers", { query: { limit: 1 }, expect: 200 })).json();
  await host.call("GET", "/api/v1/answers", { query: { limit: 1, cursor: page.next }, expect: 200 });
  for (const query of [{ account: account.id }, { contact: "con_x" }, { campaign: "cmp_x" }, { survey: "autumn" }, { class: "human" }, { since: "2020-01-01" }, { until: "2100-01-01" }])
    await host.call("GET", "/api/v1/answers", { query, expect: 200 });
  for (const query of [{ class: "robot" }, { limit: 0 }, { cursor: "x" }, { about: "autumn" }]) await host.call("GET", "/api/v1/answers", { query, expect: 422, wrong: true });
}

export const deskStories = [countingItems, writingDownAnItem, lookingAtAnAccount];
