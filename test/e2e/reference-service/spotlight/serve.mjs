// Starts Spotlight for a test. Its own command line would tell Sentry of itself and listen for everybody: this tells nobody, and listens on
// this machine alone.
import { Server } from "node:net";
import { setupSpotlight } from "@spotlightjs/spotlight";

const { listen } = Server.prototype;
Server.prototype.listen = function (port, _host, told) {
  return listen.call(this, port, "127.0.0.1", told);
};
const server = await setupSpotlight({ port: 0, isStandalone: true });
console.error(`spotlight is at http://127.0.0.1:${server.address().port}`);
