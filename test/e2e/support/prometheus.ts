export {
  eventually,
  type Server,
  startPrometheus,
  startServer,
  untilInputEnds,
} from "../../../tools/servers/prometheus";
