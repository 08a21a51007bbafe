import type { Step } from "./plan-stack";
import { statusLine, type Terminal } from "./status-line";

/** Tells people that work goes on; on stderr, so that stdout is the result alone. */
export interface Progress {
  /** Something that comes before the stacks. */
  readonly note: (text: string) => void;
  readonly step: (stack: string, step: Step) => void;
  readonly done: (stack: string, ok: boolean, milliseconds: number) => void;
  readonly stop: () => void;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** One line that changes, at a terminal. */
function changing(terminal: Terminal): Progress {
  const line = statusLine(terminal);
  const running = new Map<string, Step>();
  const show = () => line.show([...running].map(([stack, step]) => `${stack}: ${step}`).join(" · "));
  return {
    note: line.show,
    step: (stack, step) => {
      running.set(stack, step);
      show();
    },
    done: (stack) => {
      running.delete(stack);
      show();
    },
    stop: line.stop,
  };
}

/** A line for everything that ended, in a log. */
const plain = (stream: Terminal): Progress => ({
  note: (text) => stream.write(`${text}\n`),
  step: () => undefined,
  done: (stack, ok, milliseconds) =>
    stream.write(`${stack}: ${ok ? "planned" : "failed"} in ${seconds(milliseconds)}\n`),
  stop: () => undefined,
});

export const progressOn = (stream: Terminal): Progress => (stream.isTTY === true ? changing(stream) : plain(stream));
