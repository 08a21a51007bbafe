export { debianProgram } from "../../../tools/servers/debian";
