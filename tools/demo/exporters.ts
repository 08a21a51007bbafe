import { loggedAddress } from "../servers/logged-address";
import { freePort, type ServerProcess, startProcess } from "../servers/process";

/**
 * Starts a postgres exporter beside a server.
 * @param database URL of the server, which need not be up.
 * @throws Error with its log, when it does not get ready.
 */
export const startPostgresExporter = (program: string, database: string): Promise<ServerProcess> =>
  startProcess([program, "--web.listen-address=127.0.0.1:0"], {
    env: { DATA_SOURCE_NAME: `${database}?sslmode=disable` },
    url: loggedAddress,
  });

/**
 * Starts a redis exporter beside a server.
 * @param redis URL of the server, which need not be up.
 * @throws Error with its log, when it does not get ready.
 */
export async function startRedisExporter(program: string, redis: string): Promise<ServerProcess> {
  // It does not say which port it took of any.
  const url = `http://127.0.0.1:${await freePort()}`;
  return startProcess([program, `--web.listen-address=${new URL(url).host}`, `--redis.addr=${redis}`], {
    url: async () => ((await fetch(`${url}/health`)).ok ? url : undefined),
  });
}
