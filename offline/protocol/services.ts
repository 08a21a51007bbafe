import { join } from "node:path";
import { type AnyDefinition, loadSync, type MethodDefinition, type ServiceDefinition } from "@grpc/proto-loader";

type Method = MethodDefinition<object, object>;

const isService = (definition: AnyDefinition | undefined): definition is ServiceDefinition =>
  definition !== undefined && !("format" in definition);

function service(file: string, name: string): ServiceDefinition {
  const definition = loadSync(join(__dirname, file), {
    keepCase: true,
    longs: Number,
    enums: Number,
    defaults: true,
    oneofs: false,
  })[name];
  if (!isService(definition)) throw new Error(`no service ${name} in ${file}`);
  return definition;
}

/** Encodes each message once. Terraform asks for a provider's schema several times a run, and encoding it is the dearest of all. */
function encodedOnce(method: Method): Method {
  const encoded = new WeakMap<object, Buffer>();
  const responseSerialize = (message: object): Buffer => {
    const known = encoded.get(message);
    if (known !== undefined) return known;
    const bytes = method.responseSerialize(message);
    encoded.set(message, bytes);
    return bytes;
  };
  return { ...method, responseSerialize };
}

const provider = service("tfplugin6.proto", "tfplugin6.Provider");
const { GetProviderSchema: getSchema } = provider;
if (getSchema === undefined) throw new Error("no GetProviderSchema in tfplugin6.proto");

/** The provider's own service: procedures by name. */
export const providerService: ServiceDefinition = { ...provider, GetProviderSchema: encodedOnce(getSchema) };

/** What go-plugin asks of any plugin. Source: go-plugin, internal/plugin protobuf files. */
export const pluginServices = {
  broker: service("plugin.proto", "plugin.GRPCBroker"),
  controller: service("plugin.proto", "plugin.GRPCController"),
  stdio: service("plugin.proto", "plugin.GRPCStdio"),
  health: service("health.proto", "grpc.health.v1.Health"),
} as const;
