import { panel } from "../../model/dashboard";
import { oneOf } from "../../model/metric";
import { ageOf } from "../../model/sli";
import { counter, gauge, telemetry } from "../../model/telemetry";

const documents = gauge("search_index_documents", { help: "Documents that can be found", unit: "events" });
const age = gauge("search_index_age_seconds", { help: "Age of the newest document", unit: "seconds" });
const updates = counter("search_index_updates_total", {
  help: "Documents written to the index",
  unit: "events",
  labels: { result: oneOf("written", "refused") },
});

/** The index behind the search. */
export const searchIndex = telemetry("search-index", {
  metrics: { documents, age, updates },
  indicators: {
    indexed_documents: documents.max(),
    refused_updates: updates.where({ result: "refused" }).rate("5m"),
  },
  slis: { "index-age": ageOf(age.max()) },
  panels: {
    performance: [panel("index-updates", "Index updates", { "{{result}}": updates.rate("5m").by("result") })],
    business: [panel("indexed-documents", "Products that can be found", { products: documents.max() })],
  },
});
