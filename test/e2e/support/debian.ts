export { debianFolder, debianProgram } from "../../../tools/servers/debian";
