import { exampleCatalog } from "./example";
export default exampleCatalog();
