import { startProcess } from "../../../tools/servers/process";

export { loggedAddress } from "../../../tools/servers/logged-address";
export { freePort } from "../../../tools/servers/process";
export const startServer = startProcess;
