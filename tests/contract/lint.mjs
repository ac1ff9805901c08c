// The document itself: is it OpenAPI 3.1, does every reference lead somewhere, has every operation its name.
import { createConfig, lint as check } from "@redocly/openapi-core";

export async function lint(path) {
  const config = await createConfig({
    extends: ["recommended"],
    rules: {
      "info-license": "off",
      "no-server-example.com": "off",
      "operation-4xx-response": "off", // health answers are not refused
      "operation-2xx-response": "off", // a redirection is an answer, too
      "operation-operationId-unique": "error",
      "operation-operationId": "error",
      "no-unused-components": "error",
      "no-ambiguous-paths": "off", // text wins over {name}: edge/http/router.hpp
    },
  });
  const problems = await check({ ref: path, config });
  return problems.map((each) => `openapi.yaml ${each.location?.[0]?.pointer ?? ""}: ${each.message} (${each.ruleId})`);
}
