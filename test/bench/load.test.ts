import { createServer, type RequestListener } from "node:http";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { load, quantile } from "../../bench/load";

describe("a quantile", () => {
  test.each([
    [[7], 0.99, 7],
    [[4, 1, 3, 2], 0.5, 2],
    [Array.from({ length: 100 }, (_, index) => 100 - index), 0.99, 99],
    [[1, 2, 3], 1, 3],
  ])("of %j at %d is %d", (numbers, share, expected) => {
    expect(quantile(numbers, share)).toBe(expected);
  });

  test("is the least of the numbers that its share of them does not exceed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (numbers, share) => {
          const found = quantile(numbers, share);
          const upTo = (limit: number): number => numbers.filter((each) => each <= limit).length;
          expect(numbers).toContain(found);
          expect(upTo(found)).toBeGreaterThanOrEqual(share * numbers.length);
          const smaller = numbers.filter((each) => each < found);
          if (smaller.length > 0) expect(upTo(Math.max(...smaller))).toBeLessThan(share * numbers.length);
        },
      ),
    );
  });
});

describe("a load", () => {
  const serving = async <T>(answer: RequestListener, work: (url: string) => Promise<T>): Promise<T> => {
    const server = createServer(answer);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = z.object({ port: z.number() }).parse(server.address());
    try {
      return await work(`http://127.0.0.1:${port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };

  test("places orders and looks at each, on a connection for each customer", async () => {
    const asked: string[] = [];
    const ports = new Set<number | undefined>();
    const found = await serving(
      (request, response) => {
        ports.add(request.socket.remotePort);
        asked.push(`${request.method} ${request.url}`);
        const placed = request.method === "POST";
        response.writeHead(placed ? 201 : 200).end(JSON.stringify({ id: placed ? asked.length : "seen" }));
      },
      (url) => load(url, 3, 0.05),
    );
    expect(ports.size).toBe(3);
    expect(found.latencies).toHaveLength(asked.length);
    expect(asked.filter((each) => each === "POST /orders")).toHaveLength(asked.length / 2);
    expect(new Set(asked.filter((each) => each.startsWith("GET /orders/"))).size).toBe(asked.length / 2);
    expect(asked).toContain(`GET ${found.lastOrder}`);
  });

  test("fails by the first answer that is an error", async () => {
    const failing = serving(
      (_, response) => response.writeHead(500).end("broken"),
      (url) => load(url, 2, 5),
    );
    await expect(failing).rejects.toThrow("/orders answered with 500: broken");
  });
});
