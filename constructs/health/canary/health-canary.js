/*
 * Asks a health endpoint once, as CloudWatch Synthetics runs it: the runtime calls `handler`, and what that throws fails the run. It needs
 * nothing but Node, none of the modules of Synthetics itself: what is tested is what runs.
 *
 * It is told by variables: HEALTH_URL, HEALTH_TIMEOUT_SECONDS, and in HEALTH_DEPENDENCIES the names that `checks` must hold, with commas
 * between them. Whatever is written or thrown is kept for weeks and read by many, so nothing of an answer is among it but its status.
 */
const http = require("node:http");
const https = require("node:https");

/** An answer of the contract is a few hundred bytes; nothing makes a run read more than this. */
const mostBytes = 65_536;

const statuses = ["healthy", "degraded", "unhealthy"];
const dateTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isDateTime = (value) => typeof value === "string" && dateTime.test(value) && !Number.isNaN(Date.parse(value));

const isCheck = (value) =>
  isObject(value) &&
  statuses.includes(value.status) &&
  (value.latency_ms === undefined || (typeof value.latency_ms === "number" && value.latency_ms >= 0)) &&
  (value.error === undefined || (typeof value.error === "string" && [...value.error].length <= 200));

/** One dependency, or several of a kind by name. */
const isDependency = (value) =>
  isCheck(value) || (isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isCheck));

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How an answer breaks the contract, or says that the service does not serve; undefined when neither. */
function problemOf({ code, text }, dependencies) {
  if (code !== 200) return `the HTTP status is ${code}, not 200`;
  const body = parsed(text);
  if (!isObject(body)) return "the answer is no JSON object";
  const { status, timestamp, checks } = body;
  if (!statuses.includes(status)) return `\`status\` is none of ${statuses.join(", ")}`;
  if (status === "unhealthy") return "the service says that it is unhealthy";
  if (!isDateTime(timestamp)) return "`timestamp` is no date and time";
  if (!isObject(checks)) return "`checks` is no object";
  const wrong = dependencies.filter((name) => !Object.hasOwn(checks, name) || !isDependency(checks[name]));
  return wrong.length === 0 ? undefined : `\`checks\` says nothing that can be read of ${wrong.join(", ")}`;
}

/** The answer to one GET, whole and in time. No redirection is followed: whoever is sent elsewhere has not met the service. */
const answerOf = (url, seconds) =>
  new Promise((resolve, reject) => {
    const fail = (reason) => {
      clearTimeout(timer);
      reject(new Error(reason));
      request.destroy();
    };
    const request = (url.protocol === "https:" ? https : http).get(
      url,
      // A connection of its own, so that name and certificate are tried each time.
      { agent: false, headers: { accept: "application/json" } },
      (response) => {
        const chunks = [];
        let bytes = 0;
        response.on("data", (chunk) => {
          bytes += chunk.length;
          if (bytes > mostBytes) fail(`the answer is longer than ${mostBytes} bytes`);
          else chunks.push(chunk);
        });
        response.on("error", () => fail("the answer broke off"));
        response.on("end", () => {
          clearTimeout(timer);
          resolve({ code: response.statusCode, text: Buffer.concat(chunks).toString("utf8") });
        });
      },
    );
    // The code alone: messages hold addresses.
    request.on("error", ({ code }) => fail(`no answer: ${code ?? "the connection failed"}`));
    const timer = setTimeout(() => fail(`no whole answer within ${seconds} s`), seconds * 1000);
  });

exports.problemOf = problemOf;

exports.handler = async () => {
  const { HEALTH_URL: url, HEALTH_TIMEOUT_SECONDS: seconds, HEALTH_DEPENDENCIES: dependencies } = process.env;
  const began = process.hrtime.bigint();
  const answer = await answerOf(new URL(url), Number(seconds));
  const problem = problemOf(
    answer,
    dependencies.split(",").filter((name) => name !== ""),
  );
  if (problem !== undefined) throw new Error(problem);
  const { status } = JSON.parse(answer.text);
  console.log(JSON.stringify({ status, milliseconds: Number((process.hrtime.bigint() - began) / 1_000_000n) }));
  return status;
};
