import { join } from "node:path";
import { expect } from "@jest/globals";
import { stringify } from "yaml";
import { z } from "zod";
import catalog from "../../../catalog/catalog";
import { prometheusRule } from "../../../constructs/prometheus/rules";
import { estateOf } from "../../../model/estate";
import { checked } from "../../../model/result";
import { eventually, type Server } from "../../../tools/servers/prometheus";
import { anyPort, page, programs, started } from "./exporters";
import { write } from "./folders";
import { loggedAddress } from "./server";

const production = catalog.environments.filter((environment) => environment.production);

/** What Prometheus is asked for each alert of a service that it evaluates, in production. */
const questionsOf = (service: string): readonly (readonly [alert: string, query: string])[] =>
  production
    .flatMap((environment) => estateOf(catalog, environment).services)
    .filter((each) => each.service.name === service)
    .flatMap(({ alerts }) => alerts.filter(({ evaluator }) => evaluator === "prometheus"))
    .map((rule) => [rule.name, checked(prometheusRule(rule)).expr]);

const answerShape = z.object({ data: z.object({ result: z.array(z.unknown()) }) });

/** The alerts of a service whose condition is true while a Prometheus of its own has scraped these targets for a few seconds. */
export async function trueOf(
  service: string,
  scratch: string,
  scrape: { readonly targets: readonly Server[] } & Record<string, unknown>,
) {
  const { targets, ...how } = scrape;
  const job = {
    job_name: service,
    static_configs: [{ targets: targets.map(({ url }) => url.replace("http://", "")) }],
    ...how,
  };
  const name = `watching-${service}-${targets.map(({ url }) => new URL(url).port).join("-")}`;
  const config = { global: { scrape_interval: "1s" }, scrape_configs: [job] };
  const server = await started(
    [
      programs.prometheus ?? "",
      `--config.file=${write(join(scratch, `${name}.yml`), stringify(config))}`,
      `--storage.tsdb.path=${join(scratch, name)}`,
      anyPort,
    ],
    { url: loggedAddress },
  );
  const results = async (query: string): Promise<number> => {
    const answer = await page(server, `/api/v1/query?query=${encodeURIComponent(query)}`);
    return answerShape.parse(JSON.parse(answer)).data.result.length;
  };
  await eventually(
    30,
    async () =>
      (await results(`count_over_time(up{job="${service}"}[1m]) >= 5 and up == 1`)) === targets.length || undefined,
    () => "not every target was scraped often enough",
  );
  const answers = await Promise.all(
    questionsOf(service).map(async ([alert, query]) => ({ alert, found: await results(query) })),
  );
  expect(answers.length).toBeGreaterThan(5);
  return answers.filter(({ found }) => found > 0).map(({ alert }) => alert);
}
