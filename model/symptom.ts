/**
 * What an alert says is wrong, in one word, so that the page and the warning about one thing know each other. The golden signals
 * (SRE book, "Monitoring Distributed Systems"), with saturation split by what runs out (the USE method's resources): a full disk is
 * no reason to keep quiet about memory.
 *
 * A symptom that is a `consequence` is what a service shows when something that it needs is down. The others are troubles of its own:
 * a dead database fills nobody's disk.
 */
export const symptoms = {
  /** Answers are wrong or missing. */
  errors: { consequence: true },
  /** Answers come late. */
  latency: { consequence: true },
  /** Requests or work stay away, or are too many. */
  traffic: { consequence: true },
  /** Work waits. */
  backlog: { consequence: true },
  /** Connections run out, or cannot be had. */
  connections: { consequence: true },
  /** Instances are not there. */
  availability: { consequence: false },
  cpu: { consequence: false },
  memory: { consequence: false },
  storage: { consequence: false },
} as const satisfies Readonly<Record<string, { readonly consequence: boolean }>>;

export type Symptom = keyof typeof symptoms;

export const isSymptom = (word: string): word is Symptom => Object.hasOwn(symptoms, word);

/** Every symptom, in the order of the table. */
export const symptomNames: readonly Symptom[] = Object.keys(symptoms).filter(isSymptom);

/** Symptoms that a dead dependency explains. */
export const consequences: readonly Symptom[] = symptomNames.filter((name) => symptoms[name].consequence);
