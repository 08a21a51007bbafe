/*
 * Lets Node run this project's TypeScript: `node --require ./tools/typescript.cjs FILE.ts`. It is tsx for our own files; those of
 * packages are left to Node, since tsx reads each of 800 in search of ES modules, a sixth of what a synthesis takes.
 */
const { sep } = require("node:path");

const byNode = require.extensions[".js"];
require("tsx/cjs");
const byTsx = require.extensions[".js"];

const packages = `${sep}node_modules${sep}`;
require.extensions[".js"] = (module, file) => (file.includes(packages) ? byNode : byTsx)(module, file);
