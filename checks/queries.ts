import { queryNameProblem, queryTextLengthProblem } from "../constructs/cloudwatch/limits";
import { insightsProblems, queryDefinitionName } from "../constructs/cloudwatch/saved-queries";
import type { Catalog } from "../model/catalog";
import type { Finding } from "../model/finding";
import { errorRule, finding, inRule, type Rule } from "./rule";

const insights = errorRule("insights/query", "A saved query is opened in the middle of an incident; then it must run.");
const name = errorRule("insights/name", "CloudWatch refuses the name of the query in the middle of a deployment.");

/** Every rule of this family. */
export const rules: readonly Rule[] = [insights, name];

/** Saved queries that do not parse, or ask for fields that no log event has. */
export function checkQueries({ services }: Catalog): readonly Finding[] {
  return services.flatMap((service) =>
    service.queries.flatMap((query) => {
      const nameProblem = queryNameProblem(queryDefinitionName(query, service));
      const problems = [queryTextLengthProblem(query.text), ...insightsProblems(query, service)].filter(
        (problem) => problem !== undefined,
      );
      return [
        ...(nameProblem === undefined
          ? []
          : [finding(name, inRule(service, query.name, "queries"), nameProblem, "rename the query")]),
        ...problems.map((problem) =>
          finding(
            insights,
            inRule(service, query.name, "queries"),
            problem,
            "correct the query; its fields are those of the service's log contract",
          ),
        ),
      ];
    }),
  );
}
