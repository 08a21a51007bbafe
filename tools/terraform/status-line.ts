/** One line of a terminal that changes while work goes on. */
export interface StatusLine {
  readonly show: (text: string) => void;
  /** Takes the line away; a second call does nothing. */
  readonly stop: () => void;
}

/** A terminal, as `process.stderr` is one. */
export interface Terminal {
  readonly isTTY?: boolean;
  /** Characters in a line; some terminals say 0. */
  readonly columns?: number;
  write(text: string): unknown;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;
const milliseconds = 80;

/** Back to the start of the line, and nothing in it (ECMA-48: CHA, EL). */
const clear = "\u001B[1G\u001B[2K";

/**
 * Shows a line with a turning sign at a terminal. Unlike the libraries for it, it leaves signals alone: they end the process at
 * once, and the work must be waited for.
 */
export function statusLine(terminal: Terminal): StatusLine {
  let text = "";
  let frame = 0;
  let stopped = false;
  const draw = () => {
    // A line that is cut is one line to clear.
    const width = Math.max(10, terminal.columns === undefined || terminal.columns === 0 ? 80 : terminal.columns);
    terminal.write(`${clear}${`${frames[frame % frames.length]} ${text}`.slice(0, width - 1)}`);
  };
  const timer = setInterval(() => {
    frame += 1;
    draw();
  }, milliseconds);
  // It must not keep the process.
  timer.unref();
  return {
    show: (now) => {
      text = now;
      draw();
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      terminal.write(clear);
    },
  };
}
