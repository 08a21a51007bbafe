import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { debianFolder } from "../../../tools/servers/debian";

const release = "bookworm";

/** Folders of libraries of a package's `/usr/lib`, and of its architecture's. */
function libraries(usr: string): readonly string[] {
  const lib = join(usr, "lib");
  return [lib, ...readdirSync(lib).flatMap((name) => (name.endsWith("-linux-gnu") ? [join(lib, name)] : []))];
}

/** A Ruby of Debian's, unpacked and not installed, that runs a program on an input; undefined where it cannot be had. */
export function unpackedRuby(): ((program: string, input: string, env: Record<string, string>) => string) | undefined {
  const packages = ["libruby3.1", "libgmp10", "libssl3"].map((name) => debianFolder(name, release));
  const program = debianFolder("ruby3.1", release);
  const folders = packages.flatMap((usr) => (usr === undefined ? [] : libraries(usr)));
  if (program === undefined || packages.includes(undefined)) return undefined;
  return (source, input, env) => {
    const { status, stdout, stderr } = spawnSync(join(program, "bin", "ruby3.1"), ["--disable=gems", "-e", source], {
      encoding: "utf8",
      input,
      timeout: 60_000,
      env: {
        LD_LIBRARY_PATH: folders.join(":"),
        RUBYLIB: folders.map((folder) => join(folder, "ruby", "3.1.0")).join(":"),
        LANG: "C.UTF-8",
        ...env,
      },
    });
    if (status !== 0) throw new Error(`ruby ended with ${status}: ${stderr}`);
    return stdout;
  };
}
