import { randomUUID } from "node:crypto";
import type Redis from "ioredis";
import type { Pool } from "pg";
import { HttpError } from "./http-error";
import { enqueue, type Origin } from "./queue";

/** An order as the customer sends it. The card goes to whoever takes payments and is kept nowhere. */
export interface NewOrder {
  readonly email: string;
  readonly amount: number;
}

/** @throws HttpError 400 when it is none. The message says which field, and never what was in it. */
export function newOrderOf(body: unknown): NewOrder {
  if (typeof body !== "object" || body === null) throw new HttpError(400, "the body is no JSON object");
  const email = "email" in body ? body.email : undefined;
  const amount = "amount" in body ? body.amount : undefined;
  if (typeof email !== "string" || !email.includes("@")) throw new HttpError(400, "email is no address");
  if (typeof amount !== "number" || !(amount > 0 && amount < 1_000_000)) throw new HttpError(400, "amount is no price");
  return { email, amount };
}

/** What anybody who knows its id may see of an order. */
export interface OrderView {
  readonly id: string;
  readonly amount: number;
  readonly status: string;
}

const keyOf = (id: string): string => `order:${id}`;

/** Stores an order and asks for its payment, which is joined to `origin`. */
export async function createOrder(
  pool: Pool,
  redis: Redis,
  { email, amount }: NewOrder,
  origin: Origin,
): Promise<OrderView> {
  const id = randomUUID();
  await pool.query("INSERT INTO orders (id, email, amount) VALUES ($1, $2, $3)", [id, email, amount]);
  await enqueue(redis, id, origin);
  return { id, amount, status: "placed" };
}

type Counted = (operation: "get" | "set", result: "hit" | "miss") => void;

/** An order, from the cache if it is there. @throws HttpError 404 when there is none. */
export async function findOrder(pool: Pool, redis: Redis, id: string, counted: Counted): Promise<OrderView> {
  const cached = await redis.get(keyOf(id));
  counted("get", cached === null ? "miss" : "hit");
  if (cached !== null) {
    const order: OrderView = JSON.parse(cached);
    return order;
  }
  const { rows } = await pool.query<{ amount: string; status: string }>(
    "SELECT amount, status FROM orders WHERE id = $1",
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new HttpError(404, "there is no such order");
  const order = { id, amount: Number(row.amount), status: row.status };
  // A set has no hit; the contract says so of it, that the label be always there.
  await redis.set(keyOf(id), JSON.stringify(order), "EX", 30);
  counted("set", "miss");
  return order;
}

/** Takes the payment of an order once, however often it is asked for. @throws Error when there is no such order. */
export async function takePayment(pool: Pool, redis: Redis, orderId: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `WITH paid AS (UPDATE orders SET status = 'paid' WHERE id = $2 RETURNING id, amount)
     INSERT INTO payments (id, order_id, amount) SELECT $1, id, amount FROM paid
     ON CONFLICT (order_id) DO UPDATE SET order_id = EXCLUDED.order_id RETURNING id`,
    [randomUUID(), orderId],
  );
  const [payment] = rows;
  if (payment === undefined) throw new Error("the order of a payment is not there");
  await redis.del(keyOf(orderId));
  return payment.id;
}
