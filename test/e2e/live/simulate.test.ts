import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import catalog from "../../../catalog/catalog";
import { parseExposition } from "../../../conformance/exposition";
import { checked } from "../../../model/result";
import { eventually } from "../../../tools/servers/prometheus";
import { estate, projectRoot } from "../support/process";

jest.setTimeout(120_000);

/** Starts `./estate simulate`, and gives what it printed and how to end it. */
async function simulate(...args: readonly string[]) {
  const child = spawn(resolve(projectRoot, "estate"), ["simulate", "--port", "0", ...args], {
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  const ended = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
  const end = (): Promise<number | null> => {
    child.kill("SIGINT");
    return ended;
  };
  running = end;
  const url = await eventually(
    60,
    async () => (printed.includes("Ctrl-C") ? /http:\/\/[\d.:]+/.exec(printed)?.[0] : undefined),
    () => printed,
  );
  return { url, printed, end };
}
let running: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await running?.();
  running = undefined;
});

const page = async (url: string, method = "GET") => {
  const answer = await fetch(url, { method });
  return { status: answer.status, text: await answer.text() };
};
const freeBytes = (text: string): number =>
  Number(/^node_filesystem_avail_bytes\{.*fstype="ext4".*\} (\S+)$/m.exec(text)?.[1]);

describe("./estate simulate", () => {
  test("serves every service, switches faults, and ends on Ctrl-C", async () => {
    const { url, printed, end } = await simulate();
    for (const { name } of catalog.services) expect(printed).toContain(`${url}/${name}/metrics\n`);
    const well = await page(`${url}/hosts/metrics`);
    expect(well.status).toBe(200);
    expect(checked(parseExposition(well.text)).length).toBeGreaterThan(20);
    expect(freeBytes(well.text)).toBeGreaterThan(50e9);

    expect(await page(`${url}/faults/host-disk-full`, "PUT")).toEqual({
      status: 200,
      text: "active: host-disk-full\n",
    });
    expect(freeBytes((await page(`${url}/hosts/metrics`)).text)).toBe(5e9);
    expect((await page(`${url}/faults`)).text).toMatch(/^\* host-disk-full: /m);
    expect(await page(`${url}/faults/host-disk-full`, "DELETE")).toEqual({ status: 200, text: "active: none\n" });
    expect(freeBytes((await page(`${url}/hosts/metrics`)).text)).toBeGreaterThan(50e9);

    for (const [method, path, status] of [
      ["PUT", "/faults/none-such", 404],
      ["POST", "/faults/host-disk-full", 405],
      ["POST", "/hosts/metrics", 405],
      ["GET", "/nobody/metrics", 404],
      ["GET", "/%ff", 400],
    ] as const)
      expect([path, (await page(url + path, method)).status]).toEqual([path, status]);

    expect(await end()).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  test("begins with the faults that are asked for", async () => {
    const { url, printed } = await simulate("--fault", "api-unreachable", "hosts-undiscovered");
    expect(printed).toContain("with api-unreachable, hosts-undiscovered");
    expect((await page(`${url}/app-service/metrics`)).status).toBe(503);
    expect((await page(`${url}/targets/hosts`)).text).toBe("[]");
    expect((await page(`${url}/targets/redis`)).text).toContain("/redis/metrics");
  });

  test("lists the faults", async () => {
    const { status, stdout } = await estate(["simulate", "--faults"]);
    expect(status).toBe(0);
    for (const { name } of catalog.simulation.faults) expect(stdout).toContain(name);
  });

  test.each([
    [["--fault", "host-disk-ful"], 'no such fault: "host-disk-ful". Did you mean "host-disk-full"?'],
    [["--port", "http"], '"http" is no port'],
    [["--port", "70000"], '"70000" is no port'],
  ])("%j is refused with the way out", async (args, message) => {
    const { status, stderr } = await estate(["simulate", ...args]);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
