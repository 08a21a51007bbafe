export { eventually, type Server, startPrometheus, untilInputEnds } from "../../../tools/servers/prometheus";
