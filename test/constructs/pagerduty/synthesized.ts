/** One block of a synthesized stack, with the address by which others refer to it. */
export type Block = Readonly<Record<string, unknown>> & { readonly address: string };

type Kind = "resource" | "data";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) ? Object.entries(value) : [];

/** What a synthesized stack (Terraform JSON) holds, in the order of the names. */
export function synthesized(json: string) {
  const stack: unknown = JSON.parse(json);
  const within = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);
  const blocks = (kind: Kind, type: string): readonly Block[] =>
    entries(within(within(stack, kind), type)).map(([id, block]) => ({
      ...(isRecord(block) ? block : {}),
      address: `${type}.${id}`,
    }));
  return {
    resources: (type: string) => blocks("resource", type),
    data: (type: string) => blocks("data", type),
    output: (name: string): unknown => within(within(within(stack, "output"), name), "value"),
    addresses: entries(within(stack, "resource")).flatMap(([type, all]) => entries(all).map(([id]) => `${type}.${id}`)),
  };
}

/** The block of that name; an error when there is none. */
export function byName(blocks: readonly Block[], name: string): Block {
  const found = blocks.find((block) => block["name"] === name);
  if (found === undefined) throw new Error(`nothing is named ${name}`);
  return found;
}

/** The one block; an error when there are none or several. */
export function only(blocks: readonly Block[]): Block {
  const [first, ...others] = blocks;
  if (first === undefined || others.length > 0) throw new Error(`${blocks.length} blocks, not one`);
  return first;
}
