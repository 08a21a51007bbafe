import { containers } from "../../catalog/telemetry/containers";
import { cadvisor, inCloudMap, metricsPage } from "../../model/scrape";
import { searchIndex } from "./index-telemetry";

export const searchScrapes = [
  metricsPage({ port: 9400, instances: { default: 2, prod: 6 } }),
  metricsPage({
    name: "indexer",
    path: "/custom_metrics",
    discovery: inCloudMap("indexer.{environment}.internal"),
    exposes: [searchIndex],
  }),
  cadvisor({ exposes: [containers] }),
];
