import { join } from "node:path";
import { Root } from "protobufjs";

/** Terraform's protocol as it is defined, with a codec that is not ours. */
const definitions = new Root().loadSync(join(__dirname, "../../../offline/protocol/tfplugin6.proto"), {
  // Fields have the names of the definitions.
  keepCase: true,
});

/** A request as terraform would send it. */
export function asked(procedure: string, request: object): Buffer {
  const type = definitions.lookupType(`tfplugin6.${procedure}.Request`);
  return Buffer.from(type.encode(type.fromObject({ ...request })).finish());
}

/** What terraform would read in a response. */
export function answered(procedure: string, response: Buffer): Readonly<Record<string, unknown>> {
  const type = definitions.lookupType(`tfplugin6.${procedure}.Response`);
  return type.toObject(type.decode(response), { longs: Number, enums: Number, defaults: true, arrays: true });
}
