// The OpenAPI document as something to hold answers against: every operation with its schemas compiled.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const kMethods = ["get", "put", "post", "delete", "patch"];
const kName = "contract";

const escaped = (key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

export class Document {
  constructor(path) {
    this.tree = parse(readFileSync(path, "utf8"));
    this.ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(this.tree, kName);
    this.compiled = new Map();
    this.operations = this.readOperations();
  }

  readOperations() {
    const all = [];
    for (const [path, item] of Object.entries(this.tree.paths))
      for (const method of kMethods.filter((each) => item[each]))
        all.push({
          id: item[method].operationId,
          method: method.toUpperCase(),
          path,
          open: Array.isArray(item[method].security) && item[method].security.length === 0,
          parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((each) => this.resolve(each).node),
          body: item[method].requestBody && this.resolve(item[method].requestBody, ["paths", path, method, "requestBody"]),
          responses: item[method].responses,
          at: ["paths", path, method],
        });
    return all;
  }

  // Follows $ref; returns the node and the way to it.
  resolve(node, way = []) {
    if (!node?.$ref) return { node, way };
    const keys = node.$ref.slice(2).split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    return this.resolve(keys.reduce((at, key) => at?.[key], this.tree), keys);
  }

  validator(way) {
    const pointer = `${kName}#/${way.map(escaped).join("/")}`;
    if (!this.compiled.has(pointer)) this.compiled.set(pointer, this.ajv.compile({ $ref: pointer }));
    return this.compiled.get(pointer);
  }

  find(method, path) {
    return this.operations.find((each) => each.method === method && each.path === path);
  }

  // What is wrong with an answer; empty when the document has it so.
  objections(operation, answer) {
    const named = operation.responses[String(answer.status)];
    if (!named) return [`status ${answer.status} is not documented (${Object.keys(operation.responses).join(", ")}): ${answer.text.slice(0, 300)}`];
    const { node, way } = this.resolve(named, [...operation.at, "responses", String(answer.status)]);
    const type = (answer.type ?? "").split(";")[0];
    const missing = Object.keys(node.headers ?? {}).filter((name) => !answer.headers.has(name)).map((name) => `header ${name} is missing`);
    if (!node.content) return answer.text === "" ? missing : [...missing, `a body where none is documented: ${answer.text.slice(0, 200)}`];
    if (!node.content[type]) return [...missing, `content type ${type} is not documented (${Object.keys(node.content).join(", ")})`];
    if (!node.content[type].schema || !/[/+]json$/.test(type)) return missing;
    const validate = this.validator([...way, "content", type, "schema"]);
    const body = JSON.parse(answer.text);
    return validate(body) ? missing : [...missing, ...this.words(validate, body)];
  }

  // What is wrong with a request that is meant to be right.
  objectionsToBody(operation, body, type) {
    if (!operation.body) return ["the document knows no body here"];
    const { node, way } = operation.body;
    if (!node.content[type]) return [`content type ${type} of the request is not documented`];
    if (!type.endsWith("json")) return [];
    const validate = this.validator([...way, "content", type, "schema"]);
    return validate(body) ? [] : this.words(validate, body);
  }

  words(validate, body) {
    return validate.errors.slice(0, 5).map((error) => `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)} in ${JSON.stringify(body).slice(0, 400)}`);
  }
}
