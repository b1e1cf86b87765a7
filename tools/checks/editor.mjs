// Opens every feature as an editor does and prints the steps that Cucumber's language service
// does not find. Arguments: the folder of the packages, .vscode/settings.json, modules with steps;
// after --, the features.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const [packages, settings, ...files] = process.argv.slice(2);
const require = createRequire(join(packages, "package.json"));
const { ExpressionBuilder, getGherkinDiagnostics } = require("@cucumber/language-service");
const { WasmParserAdapter } = require("@cucumber/language-service/wasm");

const between = files.indexOf("--");
const [modules, features] = [files.slice(0, between), files.slice(between + 1)];
const text = (file) => readFileSync(file, "utf8");

// Its parsers stand in the folder above its modules.
const entry = require.resolve("@cucumber/language-service");
const adapter = new WasmParserAdapter(join(dirname(entry), "..", ".."));
await adapter.init();
const sources = modules.map((uri) => ({ languageName: "python", uri, content: text(uri) }));
const types = JSON.parse(text(settings))["cucumber.parameterTypes"];
const { expressionLinks, errors } = new ExpressionBuilder(adapter).build(sources, types);
const expressions = expressionLinks.map((link) => link.expression);

const found = errors.map((error) => error.message);
for (const feature of features) {
  for (const { range, message } of getGherkinDiagnostics(text(feature), expressions)) {
    found.push(`${feature}:${range.start.line + 1}: ${message.split("\n")[0]}`);
  }
}
for (const one of found) console.log(one);
process.exit(found.length ? 1 : 0);
