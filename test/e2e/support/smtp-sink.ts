import { createServer, type Socket } from "node:net";
import { z } from "zod";

/** A mail as it was handed over. */
export interface ReceivedMail {
  readonly to: readonly string[];
  /** Headers and body. */
  readonly text: string;
}

export interface SmtpSink {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  readonly mails: () => readonly ReceivedMail[];
  readonly stop: () => Promise<void>;
}

/** Takes mail of anybody for anybody, and keeps it. Source: RFC 5321, "The SMTP Procedures: An Overview". */
function serve(socket: Socket, keep: (mail: ReceivedMail) => void): void {
  let [pending, to, data]: [string, string[], string[] | undefined] = ["", [], undefined];
  const answer = (line: string) => socket.write(`${line}\r\n`);
  const command = (line: string): void => {
    if (data !== undefined) {
      if (line !== ".") {
        data.push(line.startsWith(".") ? line.slice(1) : line);
        return;
      }
      keep({ to, text: data.join("\n") });
      [to, data] = [[], undefined];
      answer("250 kept");
    } else if (/^RCPT TO:/i.test(line)) {
      to.push(/<(.*)>/.exec(line)?.[1] ?? line);
      answer("250 known");
    } else if (/^DATA/i.test(line)) {
      data = [];
      answer("354 go on");
    } else if (/^QUIT/i.test(line)) {
      answer("221 goodbye");
      socket.end();
    } else answer("250 well");
  };
  answer("220 sink");
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (pending + text).split("\r\n");
    pending = lines.pop() ?? "";
    for (const line of lines) command(line);
  });
  // Who hangs up has said what it wanted.
  socket.on("error", () => undefined);
}

/** Starts a sink of mail on a free port of this machine alone. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const server = createServer((socket) => serve(socket, (mail) => mails.push(mail)));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    address: `127.0.0.1:${port}`,
    mails: () => mails,
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}
