import { emits, expectAlert, steady } from "../../model/alert-case";
import { example, exampleCatalog } from "./example";

/** A case for an alert whose name is misspelt. */
export default {
  ...exampleCatalog(),
  proofs: [
    expectAlert("HighErorRate")
      .given(emits(example.memory, {}, steady(1, "10m")))
      .staysSilent(),
  ],
};
