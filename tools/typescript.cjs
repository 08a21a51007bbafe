/*
 * Lets Node run this project's TypeScript: `node --require ./tools/typescript.cjs FILE.ts`. It is tsx for our own files; those of
 * packages are left to Node, since tsx reads each of 800 in search of ES modules, a sixth of what a synthesis takes.
 */
const { enableCompileCache } = require("node:module");
const { join, sep } = require("node:path");

// Where Node can, from 22.8 on: what V8 makes of the sources is kept, a tenth of what a command takes. It is Node's own cache: by content and
// version, written at the end, left out without a word where nothing can be written. NODE_DISABLE_COMPILE_CACHE=1 turns it off.
enableCompileCache?.(join(__dirname, "..", ".cache", "compiled"));

const byNode = require.extensions[".js"];
require("tsx/cjs");
const byTsx = require.extensions[".js"];

const packages = `${sep}node_modules${sep}`;
require.extensions[".js"] = (module, file) => (file.includes(packages) ? byNode : byTsx)(module, file);
