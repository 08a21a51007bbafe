import { expect, test } from "@jest/globals";
import shipped from "../../../catalog/catalog";
import { zipkinArtifacts } from "../../../constructs/zipkin/artifacts";
import { estateOf } from "../../../model/estate";

const filesOf = new Map(shipped.environments.map((one) => [one.name, zipkinArtifacts(estateOf(shipped, one))]));

test("Zipkin is told where it stores, and stores all that it is sent", () => {
  expect(filesOf.get("staging")?.map(({ path, content }) => [path, content.split("\n")])).toEqual([
    [
      "zipkin/zipkin.env",
      [
        "COLLECTOR_SAMPLE_RATE=1.0",
        "ES_CREDENTIALS_FILE=/etc/zipkin/secrets/elasticsearch.properties",
        "ES_HOSTS=https://elasticsearch.staging.internal:9200",
        "ES_INDEX=staging-zipkin",
        "ES_INDEX_REPLICAS=0",
        "ES_INDEX_SHARDS=1",
        "QUERY_PORT=9411",
        "STORAGE_TYPE=elasticsearch",
        "ZIPKIN_UI_ENVIRONMENT=staging",
        "",
      ],
    ],
  ]);
});

test("an environment that sends it nothing has no file for it", () => {
  expect([filesOf.get("dev"), filesOf.get("prod")]).toEqual([[], []]);
});
