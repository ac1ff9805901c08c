// Every role at every route, as browsers come: what the role's scopes allow is let through, everything else is refused by the
// scope that is missing. The document says which scope a route needs.
const roles = { viewer: ["read"], member: ["read", "write"], manager: ["read", "write", "send"], admin: ["read", "write", "send", "admin"] };
const password = "gentle otters count rivers";

async function signedIn(host, role) {
  const added = await host.call("POST", "/api/v1/users", { body: { email: `${role}@halden.example`, name: role, role, mail: false }, expect: 201 });
  const link = added.json().link.split("#link=")[1];
  const headers = { origin: host.url };
  const open = { token: null, headers };
  await host.call("POST", "/api/v1/sign-in/link", { ...open, body: { link }, expect: 200 });
  await host.call("POST", "/api/v1/sign-in/link/use", { ...open, body: { link, password }, expect: 200 });
  await host.call("POST", "/api/v1/sign-in/link/use", { ...open, body: { link, password }, expect: 404 });
  await host.call("POST", "/api/v1/sign-in", { ...open, body: { email: `${role}@halden.example`, password: "something else" }, expect: 403 });
  const inside = await host.call("POST", "/api/v1/sign-in", { ...open, body: { email: `${role}@halden.example`, password }, expect: 200 });
  const cookie = inside.headers.get("set-cookie").split(";")[0];
  return { ...headers, cookie, "candour-press": inside.json().press_token };
}

export async function rolesAtRoutes(host, facts) {
  let looked = 0;
  for (const [role, scopes] of Object.entries(roles)) {
    const headers = await signedIn(host, role);
    const me = await host.call("GET", "/api/v1/me", { token: null, headers, expect: 200 });
    if (JSON.stringify(me.json().scopes) !== JSON.stringify(scopes)) throw new Error(`${role}: expected ${scopes}, found ${me.json().scopes}`);
    for (const operation of host.document.operations.filter((each) => !each.open && each.id !== "sign_out")) {
      const needed = host.document.tree.paths[operation.path][operation.method.toLowerCase()]["x-scope"] ?? (operation.method === "GET" ? "read" : "write");
      const at = Object.fromEntries(operation.parameters.filter((each) => each.in === "path").map((each) => [each.name, facts.at[each.name] ?? "nobody"]));
      const answer = await host.send(operation, { at, query: {}, body: operation.method === "GET" ? undefined : {}, type: "application/json", headers, token: null });
      const missing = answer.status === 403 ? answer.json().missing_scope : undefined;
      const wanted = scopes.includes(needed) ? undefined : needed;
      if (missing !== wanted) host.fault(operation, `${role}: expected ${wanted ?? "to be let through"}, found ${answer.status} ${missing ?? ""}`);
      if (answer.status === 401) host.fault(operation, `${role}: is signed in, and was told that they are not`);
      ++looked;
    }
    await host.call("GET", "/api/v1/users/{user}/devices", { at: { user: "me" }, token: null, headers, expect: 200 });
    await host.call("POST", "/api/v1/me/password", { body: { current: password, password: `${password} again` }, token: null, headers, expect: 204 });
    await host.call("POST", "/api/v1/sign-out", { token: null, headers, expect: 204 });
    await host.call("GET", "/api/v1/me", { token: null, headers, expect: 401 });
  }
  console.log(`${looked} times a role stood at a route.`);
}
