/*
 * Paths of the procedures that terraform calls, `/package.Service/Method` (gRPC over HTTP2, "Path").
 */

/** Path of a procedure of the provider's own service. */
export const providerPath = (procedure: string): string => `/tfplugin6.Provider/${procedure}`;

/** What go-plugin asks of any plugin. Source: go-plugin, internal/plugin protobuf files. */
export const pluginPaths = {
  check: "/grpc.health.v1.Health/Check",
  shutdown: "/plugin.GRPCController/Shutdown",
  startStream: "/plugin.GRPCBroker/StartStream",
  streamStdio: "/plugin.GRPCStdio/StreamStdio",
} as const;
