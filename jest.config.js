const { availableParallelism } = require("node:os");

const project = (displayName, testMatch, testPathIgnorePatterns = []) => ({
  displayName,
  testMatch,
  testPathIgnorePatterns: ["/node_modules/", ...testPathIgnorePatterns],
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.cache"],
});

/** @type {import("jest").Config} */
module.exports = {
  // Many tests wait for servers and terraform: half as many again as there are processors leave none of them idle. (Jest takes no more than
  // a hundred in per cent.)
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // Far beyond what any test needs: a busy machine must not fail one.
  testTimeout: 60_000,
  projects: [
    project("unit", ["<rootDir>/test/**/*.test.ts"], ["/test/e2e/", "/test/snapshot/"]),
    project("snapshot", ["<rootDir>/test/snapshot/**/*.test.ts"]),
    project("e2e", ["<rootDir>/test/e2e/**/*.test.ts"]),
  ],
};
