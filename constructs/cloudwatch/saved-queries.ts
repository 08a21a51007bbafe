import type { Diagnostic } from "../../languages/diagnostic";
import { checkInsightsFields } from "../../languages/insights/check-fields";
import { parseInsights } from "../../languages/insights/parse";
import { memoized } from "../../model/memoized";
import { fail, ok, type Result } from "../../model/result";
import type { SavedQuery } from "../../model/saved-query";
import { logFieldsOf, type Service } from "../../model/service";
import { queryNameProblem, queryTextLengthProblem } from "./limits";

/** A CloudWatch Logs Insights query definition; its log group is the service's own. */
export interface QueryDefinition {
  /** In the folder of its service. */
  readonly name: string;
  /** As the catalog has it. */
  readonly text: string;
}

/**
 * The name that people find a saved query under: `<service>/<query>`. The environment is not part of it, since each has its own
 * account or region, and so its own list of queries.
 */
export const queryDefinitionName = (query: SavedQuery, service: Pick<Service, "name">): string =>
  `${service.name}/${query.name}`;

/** A diagnostic with its place as an editor shows it: lines and columns count from 1, columns in characters. */
function placed(text: string, { message, offset }: Diagnostic): string {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `line ${lines.length}, column ${[...(lines.at(-1) ?? "")].length + 1}: ${message.replace(/\.$/, "")}`;
}

/** Services share their queries, and each is asked for by the checks and by every environment; its text is parsed once. */
const parsedText = memoized(({ text }: SavedQuery) => parseInsights(text));

/**
 * Everything that is wrong with a saved query's text, in the order of the text: its syntax or, where that is right, the fields
 * that it reads although the service does not declare them. Empty when nothing is.
 */
export function insightsProblems(query: SavedQuery, service: Service): readonly string[] {
  const parsed = parsedText(query);
  const diagnostics = parsed.ok
    ? checkInsightsFields(parsed.value, new Set(logFieldsOf(service).map(({ name }) => name)))
    : parsed.diagnostics;
  return diagnostics.map((diagnostic) => placed(query.text, diagnostic));
}

function definition(query: SavedQuery, service: Service): Result<QueryDefinition> {
  const name = queryDefinitionName(query, service);
  const problems = [
    queryNameProblem(name),
    queryTextLengthProblem(query.text),
    ...insightsProblems(query, service),
  ].filter((problem) => problem !== undefined);
  return problems.length > 0 ? fail(problems.join("; ")) : ok({ name, text: query.text });
}

const definitions = memoized((service: Service) => memoized((query: SavedQuery) => definition(query, service)));

/** The query definition of a saved query; fails, saying all that is wrong, when its name or text is refused. */
export const queryDefinition = (query: SavedQuery, service: Service): Result<QueryDefinition> =>
  definitions(service)(query);
