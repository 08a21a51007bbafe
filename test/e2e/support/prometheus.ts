export { eventually, type Server, startPrometheus, startServer } from "../../../tools/servers/prometheus";
