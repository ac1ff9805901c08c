// What the contract is held against: each story calls some of the operations as a client would. Add one for a new route.
import * as asking from "./asking_stories.mjs";
import { deskStories } from "./desk_stories.mjs";
import * as house from "./house_stories.mjs";

const csv = { type: "text/csv" };
const version = (answer) => answer.headers.get("etag");

async function lookingAtItems(host, { at }) {
  const page = (await host.call("GET", "/api/v1/items", { query: { limit: 2 }, expect: 200 })).json();
  if (!page.next) throw new Error("expected more than one page of items");
  await host.call("GET", "/api/v1/items", { query: { limit: 2, cursor: page.next }, expect: 200 });
  await host.call("GET", "/api/v1/items", { query: { limit: 2, cursor: page.next, state: "raised" }, expect: 422 });
  await host.call("GET", "/api/v1/items", { query: { limit: 2, cursor: (page.next[0] === "0" ? "1" : "0") + page.next.slice(1) }, expect: 422 });
  for (const query of [{ state: "raised" }, { owner: "tea_x" }, { account: "acc_x" }, { contact: "con_x" }, { segment: "edge" }, { level: "executive" },
    { source: "surveys" }, { theme: "thm_x" }, { overdue: "true" }, { quiet: "true" }, { owes: "nothing" }, { owes: "nothing", sort: "changed" }, { since: "2020-01-01" }, { until: "2020-01-01T00:00:00Z" }, { sort: "due" },
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

// What a package does that is one, tests/author tells: it takes a compiler.
// A job becomes one after five tries; what is done with it, tests/flow tells.
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

// One after the other: what an earlier one made, a later one may look at.
export const stories = [
  asking.choosingWhomToAsk, asking.askingAgainAndAgain, asking.seeingAMailBeforeItLeaves, asking.sendingASurvey, asking.leavingAddressesAlone,
  house.lettingPeopleIn, house.tellingOthers, house.dressing,
  lookingAtItems, movingAnItem, house.keepingTokens, asking.askingOnce, asking.keepingSurveys, rulingAnswers, bringingPeopleIn, knowingPeople,
  house.knowingOurselves, house.limitingWhoLooks, house.keepingDeadLetters, house.settingPlugins, house.caring, watchingAccounts, house.lookingAfterTheHouse, takingEverythingAlong,
  ...deskStories,
];
