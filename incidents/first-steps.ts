import type { Symptom } from "../model/symptom";

/** What a runbook begins with before its team has written down what it knows. */
export interface FirstSteps {
  /** What to look at, in this order: each answer halves what it can be. */
  readonly look: readonly string[];
  /** What ends the harm before the cause is known. */
  readonly mitigate: readonly string[];
}

const rollBack = "Roll back, when it began with a release: `gh api repos/company/app/deployments` lists them.";

const bySymptom: Readonly<Record<Symptom, FirstSteps>> = {
  errors: {
    look: [
      "One endpoint or all of them? The dashboard's section on errors has both.",
      "Which kind of error? The saved query on error types counts them; follow one `request_id` to the end.",
      "Did it begin with a release, or with a change of configuration?",
      "Is what the service depends on well: its database, its cache, whom it pays through?",
    ],
    mitigate: [rollBack, "Switch off the feature that fails, when it is one.", "Shed the callers that drive it."],
  },
  latency: {
    look: [
      "Is everything slow, or the slowest hundredth? Compare the median with the p99.",
      "Did traffic grow first? Then it is capacity; else something beneath is slow.",
      "Which spans of a slow trace take the time: the database, another service, or the service itself?",
      "Are queries slow? The saved query on slow queries names them.",
    ],
    mitigate: [rollBack, "Add instances, when CPU or connections are short.", "End the query that holds the locks."],
  },
  traffic: {
    look: [
      "Is it gone, or did it never arrive? Compare the load balancer's count with the service's.",
      "Do the probes from outside succeed?",
      "Did DNS, a certificate, or a route change?",
      "Is it a holiday, a campaign, or a client that retries?",
    ],
    mitigate: ["Undo the change of the route.", "Limit the client that floods.", "Add instances for a true surge."],
  },
  backlog: {
    look: [
      "Do workers take work at all? Their logs say what they began last.",
      "Does more come in than before, or does less go out?",
      "Does one kind of job fail and come back again and again?",
      "Is what the jobs need well: database, mail, other services?",
    ],
    mitigate: ["Add workers.", "Put aside the jobs that poison the queue.", "Pause what fills it and can wait."],
  },
  connections: {
    look: [
      "Who holds them? Count the connections by client and by state.",
      "How many are idle in a transaction, and since when?",
      "Did the number of instances, or the size of their pools, grow?",
    ],
    mitigate: [
      "End the sessions that are idle in a transaction.",
      "Restart the client that leaks, one instance at a time.",
      "Make the pools smaller before you make the server's limit larger.",
    ],
  },
  availability: {
    look: [
      "Is it down, or can it only not be seen? Ask its health endpoint yourself.",
      "Did the tasks stop, and why? The cluster's events give the reason of the last stop.",
      "Did a release begin? Its tasks may fail their health checks.",
      "One zone or all?",
    ],
    mitigate: [rollBack, "Start more tasks, when those that are left are overloaded."],
  },
  cpu: {
    look: [
      "Which process? Is it work, or waiting for the disk (iowait), or another tenant (steal)?",
      "Did traffic grow by as much?",
      "Did it begin with a release?",
    ],
    mitigate: ["Add instances.", rollBack, "Stop the batch job that can wait."],
  },
  memory: {
    look: [
      "Does it grow slowly (a leak) or did it jump (a request too large)?",
      "Did it begin with a release?",
      "Was something killed already? The kernel's log says so.",
    ],
    mitigate: ["Restart the instances one after the other: it buys the time until the leak is found.", rollBack],
  },
  storage: {
    look: [
      "What grows? `du -xh --max-depth=2` on a host; the largest tables of a database.",
      "How long until it is full? The dashboard's forecast says when.",
      "Do logs rotate, and do old backups go?",
    ],
    mitigate: ["Delete what can be made again: caches, rotated logs.", "Enlarge the volume: it takes minutes."],
  },
};

const unknown: FirstSteps = {
  look: [
    "What does the dashboard show around the time that it began?",
    "What changed: a release, a configuration, a certificate, somebody else's system?",
    "What do the logs of that time say? The commands above follow them.",
  ],
  mitigate: [rollBack],
};

/** The first steps for a symptom; general ones for an alert that names none. */
export const firstStepsFor = (symptom: Symptom | undefined): FirstSteps =>
  symptom === undefined ? unknown : bySymptom[symptom];
