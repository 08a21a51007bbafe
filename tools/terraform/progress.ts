import { createSpinner } from "nanospinner";
import type { Step } from "./plan-stack";

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
function spinning(stream: NodeJS.WriteStream): Progress {
  const spinner = createSpinner("", { stream }).start();
  const running = new Map<string, Step>();
  const show = () => spinner.update({ text: [...running].map(([stack, step]) => `${stack}: ${step}`).join(" · ") });
  return {
    note: (text) => spinner.update({ text }),
    step: (stack, step) => {
      running.set(stack, step);
      show();
    },
    done: (stack) => {
      running.delete(stack);
      show();
    },
    stop: () => spinner.stop(),
  };
}

/** A line for everything that ended, in a log. */
const plain = (stream: NodeJS.WritableStream): Progress => ({
  note: (text) => stream.write(`${text}\n`),
  step: () => undefined,
  done: (stack, ok, milliseconds) =>
    stream.write(`${stack}: ${ok ? "planned" : "failed"} in ${seconds(milliseconds)}\n`),
  stop: () => undefined,
});

export const progressOn = (stream: NodeJS.WriteStream): Progress => (stream.isTTY ? spinning(stream) : plain(stream));
