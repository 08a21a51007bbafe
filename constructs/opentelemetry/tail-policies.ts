import type { DefiniteTracing } from "../../model/tracing";
import type { SimplePolicy, TailPolicy } from "./components";
import { collectorLiteral, ottlString } from "./escape";

/** Groups what has a key in common, in the order in which keys are met. */
function grouped<T, K>(
  values: readonly T[],
  keyOf: (value: T) => K | undefined,
): readonly (readonly [K, readonly T[]])[] {
  const groups = new Map<K, readonly T[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups];
}

const ofServices = (names: readonly string[]): SimplePolicy => ({
  name: "service",
  type: "string_attribute",
  string_attribute: { key: "service.name", values: names.map(collectorLiteral) },
});

const share = (percent: number): SimplePolicy => ({
  name: "share",
  type: "probabilistic",
  probabilistic: { sampling_percentage: percent },
});

const spans = (name: string, conditions: readonly string[]): SimplePolicy => ({
  name,
  type: "ottl_condition",
  ottl_condition: { error_mode: "ignore", span: conditions },
});

const isService = (name: string): string => `resource.attributes["service.name"] == ${ottlString(name)}`;

/**
 * Spans of services that take longer than these want; services of one limit are one condition, since a parameter holds few bytes. Judged by
 * span: a trace that waits in a queue is not slow. Names of services are in kebab-case, and so mean themselves in an expression.
 */
const slowerThan = (milliseconds: number, services: readonly string[]): string =>
  collectorLiteral(
    `IsMatch(resource.attributes["service.name"], ${ottlString(`^(${services.join("|")})$`)}) and end_time_unix_nano - start_time_unix_nano > ${Math.round(milliseconds * 1e6)}`,
  );

/**
 * Which traces are kept; one that any policy keeps is. Errors and slow ones always; of the rest a share by service, and by operation where
 * it says more.
 *
 * The shares do not add up: the processor decides by a hash of the trace's id, so that a trace within the first 10 of 100 is within the first 50
 * too, and one through two services is kept by the larger share. The last policy keeps the least share of what no declared service
 * takes part in, which thereby changes nothing for the others.
 * Source: contrib, tailsamplingprocessor.
 */
export function tailPolicies(traced: readonly DefiniteTracing[]): readonly TailPolicy[] {
  const slow = grouped(traced, ({ slowAfterMs }) => slowAfterMs).map(([milliseconds, services]) =>
    slowerThan(
      milliseconds,
      services.map(({ service }) => service),
    ),
  );
  const least = traced.reduce((percent, one) => Math.min(percent, one.keepPercent), 100);
  return [
    { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
    ...(slow.length === 0 ? [] : [spans("slow", slow)]),
    ...grouped(traced, ({ keepPercent }) => (keepPercent === least ? undefined : keepPercent)).map(
      ([percent, services]): TailPolicy => ({
        name: `share-${percent}`,
        type: "and",
        and: { and_sub_policy: [ofServices(services.map(({ service }) => service)), share(percent)] },
      }),
    ),
    ...traced.flatMap(({ service, operations }) =>
      grouped(operations, ({ percent }) => percent).map(
        ([percent, named]): TailPolicy => ({
          name: `operations-${service}-${percent}`,
          type: "and",
          and: {
            and_sub_policy: [
              spans(
                "operation",
                named.map(({ name }) => collectorLiteral(`${isService(service)} and name == ${ottlString(name)}`)),
              ),
              share(percent),
            ],
          },
        }),
      ),
    ),
    { name: "rest", type: "probabilistic", probabilistic: { sampling_percentage: least } },
  ];
}
