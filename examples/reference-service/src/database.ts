import { Pool } from "pg";
import type { Logger } from "pino";
import { errorFields } from "./logger";

/** Connections to PostgreSQL. One that is lost is replaced at the next query, which fails meanwhile. */
export function openPool(url: string, logger: Logger): Pool {
  const pool = new Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 1000, query_timeout: 2000 });
  // Without a listener, a connection that is lost while idle ends the process.
  pool.on("error", (error) => logger.error(errorFields(error), "Database connection lost"));
  return pool;
}

/** The tables, if they are not there. Two processes may try at once, so one waits for the other. */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(1)");
    await client.query(
      `CREATE TABLE IF NOT EXISTS orders (
         id uuid PRIMARY KEY, email text NOT NULL, amount numeric(12, 2) NOT NULL,
         status text NOT NULL DEFAULT 'placed', created_at timestamptz NOT NULL DEFAULT now())`,
    );
    await client.query(
      `CREATE TABLE IF NOT EXISTS payments (
         id uuid PRIMARY KEY, order_id uuid NOT NULL UNIQUE REFERENCES orders (id), amount numeric(12, 2) NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now())`,
    );
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}
