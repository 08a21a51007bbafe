import { didYouMean } from "../../model/suggest";
import { type ComponentSection, componentKinds, componentSections, typeOf } from "./component-kinds";
import type { Pipeline } from "./components";
import { ports } from "./ports";

/** A configuration of a collector, of whatever components: what is asked of it is only that its parts fit together. */
export type CollectorDocument = Readonly<Record<ComponentSection | "extensions", Readonly<Record<string, unknown>>>> & {
  readonly service: {
    readonly extensions: readonly string[];
    readonly pipelines: Readonly<Record<string, Pipeline | undefined>>;
  };
};

export const collectorProblemKinds = ["reference", "unused", "signal", "order", "port", "cycle"] as const;

/** Something for which a collector would not start, or would lose or spoil what passes through it. */
export interface CollectorProblem {
  readonly kind: (typeof collectorProblemKinds)[number];
  /** Path within the configuration: `service.pipelines.traces.exporters`. */
  readonly at: string;
  readonly message: string;
  readonly fix: string;
}

const signalOf = (pipeline: string): string => typeOf(pipeline);

const pipelinesOf = ({ service }: CollectorDocument): readonly (readonly [string, Pipeline])[] =>
  Object.entries(service.pipelines).flatMap(([id, pipeline]) =>
    pipeline === undefined ? [] : [[id, pipeline] as const],
  );

const slots = ["receivers", "processors", "exporters"] as const;
type Slot = (typeof slots)[number];

/** The sections in which a pipeline's slot finds its components: a connector is the exporter of one and the receiver of another. */
const sectionsOf: Readonly<Record<Slot, readonly ComponentSection[]>> = {
  receivers: ["receivers", "connectors"],
  processors: ["processors"],
  exporters: ["exporters", "connectors"],
};

function usesIn(
  config: CollectorDocument,
  slot: Slot,
): readonly { readonly at: string; readonly id: string; readonly pipeline: string }[] {
  return pipelinesOf(config).flatMap(([pipeline, parts]) =>
    parts[slot].map((id) => ({ at: `service.pipelines.${pipeline}.${slot}`, id, pipeline })),
  );
}

/** Names of components that nobody declared, and types that nobody knows. */
function missing(config: CollectorDocument): readonly CollectorProblem[] {
  const unknownType = componentSections.flatMap((section) =>
    Object.keys(config[section])
      .filter((id) => !Object.hasOwn(componentKinds[section], typeOf(id)))
      .map((id): CollectorProblem => {
        const known = Object.keys(componentKinds[section]);
        return {
          kind: "reference",
          at: `${section}.${id}`,
          message: `there is no type "${typeOf(id)}" among the ${section} that the estate knows.${didYouMean(typeOf(id), known)}`,
          fix: `write one of ${known.join(", ")}, and a name of your own after a slash`,
        };
      }),
  );
  const undeclared = slots.flatMap((slot) =>
    usesIn(config, slot)
      .map(({ at, id }) => ({ at, id, known: sectionsOf[slot].flatMap((section) => Object.keys(config[section])) }))
      .filter(({ id, known }) => !known.includes(id))
      .map(
        ({ at, id, known }): CollectorProblem => ({
          kind: "reference",
          at,
          message: `"${id}" is not declared.${didYouMean(id, known)}`,
          fix: `declare it among the ${sectionsOf[slot].join(" or ")}, or take it out of the pipeline`,
        }),
      ),
  );
  const extensions = Object.keys(config.extensions);
  const unknownExtensions = config.service.extensions
    .filter((id) => !extensions.includes(id))
    .map(
      (id): CollectorProblem => ({
        kind: "reference",
        at: "service.extensions",
        message: `"${id}" is not declared.${didYouMean(id, extensions)}`,
        fix: "declare it among the extensions, or take it out of the service",
      }),
    );
  return [...unknownType, ...undeclared, ...unknownExtensions];
}

/** Components that were declared and take part in nothing: a collector says nothing of them and leaves them out. */
function unused(config: CollectorDocument): readonly CollectorProblem[] {
  const used = (slot: Slot): ReadonlySet<string> => new Set(usesIn(config, slot).map(({ id }) => id));
  const [received, processed, exported] = [used("receivers"), used("processors"), used("exporters")];
  const problem = (section: string, id: string, message: string, fix: string): CollectorProblem => ({
    kind: "unused",
    at: `${section}.${id}`,
    message,
    fix,
  });
  const inNoPipeline = (section: ComponentSection, ids: ReadonlySet<string>): readonly CollectorProblem[] =>
    Object.keys(config[section])
      .filter((id) => !ids.has(id))
      .map((id) => problem(section, id, `no pipeline uses "${id}"`, "name it in a pipeline, or take it out"));
  return [
    ...inNoPipeline("receivers", received),
    ...inNoPipeline("processors", processed),
    ...inNoPipeline("exporters", exported),
    ...Object.keys(config.connectors)
      .filter((id) => !(received.has(id) && exported.has(id)))
      .map((id) =>
        problem(
          "connectors",
          id,
          `"${id}" connects nothing: it must be an exporter of one pipeline and a receiver of another`,
          received.has(id) ? "let a pipeline export to it" : "let a pipeline receive from it",
        ),
      ),
    ...Object.keys(config.extensions)
      .filter((id) => !config.service.extensions.includes(id))
      .map((id) => problem("extensions", id, `the service does not start "${id}"`, "name it in service.extensions")),
    ...pipelinesOf(config).flatMap(([id, parts]) =>
      (["receivers", "exporters"] as const)
        .filter((slot) => parts[slot].length === 0)
        .map((slot) =>
          problem("service.pipelines", id, `the pipeline has no ${slot}`, `name at least one of the ${slot}`),
        ),
    ),
  ];
}

/** Components in a pipeline whose signal they do not know. */
function wrongSignals(config: CollectorDocument): readonly CollectorProblem[] {
  return slots.flatMap((slot) =>
    usesIn(config, slot).flatMap(({ at, id, pipeline }) => {
      const section = sectionsOf[slot].find((candidate) => Object.hasOwn(config[candidate], id));
      const kind = section === undefined ? undefined : componentKinds[section][typeOf(id)];
      const known: readonly string[] | undefined = slot === "receivers" ? kind?.gives : kind?.accepts;
      const signal = signalOf(pipeline);
      return known === undefined || known.includes(signal)
        ? []
        : [
            {
              kind: "signal" as const,
              at,
              message: `"${id}" ${slot === "receivers" ? "gives" : "takes"} ${known.join(" and ")}, and the pipeline carries ${signal}`,
              fix: `use it in a pipeline of ${known.join(" or ")}`,
            },
          ];
    }),
  );
}

/** Processors that work only in one place: what limits memory before anything else, what makes batches after what drops and changes. */
function wrongOrder(config: CollectorDocument): readonly CollectorProblem[] {
  return pipelinesOf(config).flatMap(([id, { receivers, processors }]) => {
    const at = `service.pipelines.${id}.processors`;
    const types = processors.map(typeOf);
    const isEntrance = receivers.some((receiver) => Object.hasOwn(config.receivers, receiver));
    const problem = (message: string, fix: string): CollectorProblem => ({ kind: "order", at, message, fix });
    return [
      ...(types.includes("memory_limiter")
        ? types[0] === "memory_limiter"
          ? []
          : [
              problem(
                "memory_limiter is not the first",
                "put it first: what it refuses must not have cost anything yet",
              ),
            ]
        : isEntrance
          ? [problem("what comes in is not limited", "put a memory_limiter first, or a burst ends the process")]
          : []),
      ...(types.includes("batch") && types.at(-1) !== "batch"
        ? [problem("batch is not the last", "put it last: what drops or changes spans must come before")]
        : []),
      ...(new Set(processors).size < processors.length
        ? [problem("a processor is named twice", "name each processor once in a pipeline")]
        : []),
    ];
  });
}

/** Every `endpoint` below a value. */
function endpointsBelow(value: unknown, path: string): readonly { readonly at: string; readonly endpoint: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "endpoint" && typeof inner === "string"
      ? [{ at: `${path}.${key}`, endpoint: inner }]
      : endpointsBelow(inner, `${path}.${key}`),
  );
}

/** Ports that two parts of one process would listen on; the collector's own metrics take one. */
function portCollisions({ receivers, extensions }: CollectorDocument): readonly CollectorProblem[] {
  const taken = new Map([[String(ports.metrics), "the collector's own metrics"]]);
  return [...endpointsBelow(receivers, "receivers"), ...endpointsBelow(extensions, "extensions")].flatMap(
    ({ at, endpoint }) => {
      const port = /:(\d+)$/.exec(endpoint)?.[1];
      if (port === undefined)
        return [
          { kind: "port", at, message: `"${endpoint}" has no port`, fix: "write an address and a port: 0.0.0.0:4317" },
        ];
      const other = taken.get(port);
      taken.set(port, at);
      return other === undefined
        ? []
        : [{ kind: "port", at, message: `port ${port} is ${other}'s already`, fix: "give one of them another port" }];
    },
  );
}

/** Pipelines that lead back into themselves through connectors: a collector refuses to start. */
function cycles(config: CollectorDocument): readonly CollectorProblem[] {
  const pipelines = pipelinesOf(config);
  const next = ({ exporters }: Pipeline): readonly (readonly [string, Pipeline])[] =>
    exporters
      .filter((id) => Object.hasOwn(config.connectors, id))
      .flatMap((id) => pipelines.filter(([, { receivers }]) => receivers.includes(id)));
  const reaches = (from: Pipeline, goal: string, seen: ReadonlySet<string>): boolean =>
    next(from).some(
      ([id, pipeline]) => id === goal || (!seen.has(id) && reaches(pipeline, goal, new Set([...seen, id]))),
    );
  return pipelines
    .filter(([id, pipeline]) => reaches(pipeline, id, new Set([id])))
    .map(([id]) => ({
      kind: "cycle",
      at: `service.pipelines.${id}`,
      message: "the pipeline leads back into itself",
      fix: "take out the connector that closes the circle",
    }));
}

/** Whatever in a collector's configuration does not fit together, all at once. */
export const checkCollector = (config: CollectorDocument): readonly CollectorProblem[] => [
  ...missing(config),
  ...unused(config),
  ...wrongSignals(config),
  ...wrongOrder(config),
  ...portCollisions(config),
  ...cycles(config),
];
