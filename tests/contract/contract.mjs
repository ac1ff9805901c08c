// Does the running host answer as schemas/http/openapi.yaml says? Started by tests/journeys/contract_test.cpp, which
// leaves a host with some items behind it.
//
//     node contract.mjs OPENAPI ROUTES FACTS
//
// ROUTES is what `candour routes --json` prints; FACTS says where the host is and what it holds.
import { readFileSync } from "node:fs";
import { Caller } from "./caller.mjs";
import { Document } from "./document.mjs";
import { lint } from "./lint.mjs";
import { rolesAtRoutes } from "./roles.mjs";
import { stories } from "./stories.mjs";

const [openapi, routesFile, factsFile] = process.argv.slice(2);
const routes = JSON.parse(readFileSync(routesFile, "utf8")).routes;
const facts = JSON.parse(readFileSync(factsFile, "utf8"));
const document = new Document(openapi);
const caller = new Caller(document, facts.url, facts.tokens, facts.deeds);
const faults = await lint(openapi);

// Pages for people and what they load are no part of the contract; everything a program may call is. /noop is there for
// the benchmarks, in a configuration that says `test = true`.
const shape = (path) => path.replace(/\{\w+\*?\}/g, "{}");
const isRoute = (route) => (each) => each.method === route.method && shape(each.path) === shape(route.path);
for (const route of routes.filter((each) => each.audience === "api" && each.path !== "/noop"))
  if (!document.operations.some(isRoute(route))) faults.push(`${route.method} ${route.path}: the host answers there, and the document does not know it`);
for (const operation of document.operations)
  if (!routes.some(isRoute(operation))) faults.push(`${operation.method} ${operation.path}: is documented, and the host does not know it`);

for (const story of stories) {
  try {
    await story(caller, facts);
  } catch (failure) {
    faults.push(`${story.name}: ${failure.stack}`);
  }
}

// Whatever no story speaks of is at least called with nothing in its hands.
for (const operation of document.operations) {
  if (caller.met.has(operation)) continue;
  const at = Object.fromEntries(operation.parameters.filter((each) => each.in === "path").map((each) => [each.name, facts.at[each.name] ?? "nobody"]));
  const body = operation.method === "GET" ? undefined : {};
  await caller.call(operation.method, operation.path, { at, body, wrong: true });
}
// Nobody gets in without a token, and nobody may do more than theirs says.
for (const operation of document.operations.filter((each) => !each.open)) {
  const at = Object.fromEntries(operation.parameters.filter((each) => each.in === "path").map((each) => [each.name, facts.at[each.name] ?? "nobody"]));
  const body = operation.method === "GET" ? undefined : {};
  await caller.call(operation.method, operation.path, { at, body, token: null, expect: 401, wrong: true });
  const looks = operation.method === "GET" || operation["x-scope"] === "read" || document.tree.paths[operation.path][operation.method.toLowerCase()]["x-scope"] === "read";
  if (!looks) await caller.call(operation.method, operation.path, { at, body, token: "read", expect: 403, wrong: true });
}
try {
  await rolesAtRoutes(caller, facts);
} catch (failure) {
  faults.push(`rolesAtRoutes: ${failure.stack}`);
}

for (const [operation, act] of caller.deeds) {
  const done = [...(caller.met.get(operation) ?? [])].some((status) => status < 300);
  if (done && !caller.left.has(operation)) caller.fault(operation, `was done, and no row "${act}" of it stands in the audit log`);
}
console.log(`${caller.left.size} operations left a row in the audit log.`);
const unsuccessful = document.operations.filter((each) => ![...(caller.met.get(each) ?? [])].some((status) => status < 300)).map((each) => each.id);
console.log(`${document.operations.length} operations, ${document.operations.length - unsuccessful.length} of them with success.`);
if (unsuccessful.length > 0) console.log(`Only refused: ${unsuccessful.join(", ")}`);
for (const fault of [...faults, ...caller.faults]) console.log(`FAULT ${fault}`);
process.exit(faults.length + caller.faults.length === 0 ? 0 : 1);
