import type { LogStream } from "./stream";

/** Where rsyslog finds what it needs. */
export interface RsyslogPlaces {
  /** URLs of the cluster. */
  readonly servers: readonly string[];
  /** Files that a service writes its events to, one JSON object to a line; may be a glob. */
  readonly files: (service: string) => string;
  /** Folder for queues and for what could not be sent. */
  readonly folder: string;
}

/** A text in rsyslog's quotes. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\$]/g, (sign) => `\\${sign}`)}"`;

function rulesetOf({ name, contract: { service } }: LogStream, { servers, files, folder }: RsyslogPlaces): string {
  return `
input(type="imfile" file=${quoted(files(service))} tag=${quoted(service)} ruleset=${quoted(name)})
ruleset(name=${quoted(name)}) {
  action(type="mmjsonparse" cookie="")
  if $parsesuccess == "OK" then {
    action(
      type="omelasticsearch"
      server=[${servers.map(quoted).join(", ")}]
      searchIndex=${quoted(name)}
      searchType=""
      bulkmode="on"
      writeoperation="create"
      bulkid="event-id"
      dynbulkid="on"
      template="event"
      uid=\`echo $ELASTICSEARCH_USERNAME\`
      pwd=\`echo $ELASTICSEARCH_PASSWORD\`
      retryfailures="on"
      errorfile=${quoted(`${folder}/refused-${name}.json`)}
      queue.type="LinkedList"
      queue.filename=${quoted(name)}
      queue.size="50000"
      queue.maxdiskspace="2g"
      queue.saveonshutdown="on"
      queue.dequeuebatchsize="100"
      action.resumeretrycount="-1"
      action.resumeinterval="5"
    )
  } else {
    action(type="omfile" file=${quoted(`${folder}/not-json-${name}.log`)})
  }
}
`;
}

/**
 * The configuration of rsyslog on a host that ships by itself: each line that is JSON goes, unchanged, into the service's data stream. What cannot be sent waits in
 * memory, and on disk when that is full or rsyslog stops; an event keeps its id, so that one that is sent twice is stored once (`create`).
 * A line that is no JSON would spoil the whole request, and goes to a file of its own.
 *
 * What no setting saves, when rsyslog is stopped while the cluster is away, is the one request that was on its way when the cluster went: rsyslog counts its events
 * as done before they are answered (action.c, `processBatchMain`). It has 100 events at most (`queue.dequeuebatchsize`).
 * Source: rsyslog documentation, "omelasticsearch", "imfile" and "Queue parameters".
 */
export const rsyslogConfig = (streams: readonly LogStream[], places: RsyslogPlaces): string =>
  `# Generated from the catalog.
global(workDirectory=${quoted(places.folder)})
module(load="imfile")
module(load="mmjsonparse")
module(load="omelasticsearch")
template(name="event" type="string" string="%msg%")
template(name="event-id" type="string" string="%uuid%")
${streams.map((stream) => rulesetOf(stream, places)).join("")}`;
