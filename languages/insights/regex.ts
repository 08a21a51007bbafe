/** The capturing groups of a regular expression: how many, and the names of those that have one. */
export interface CaptureGroups {
  readonly count: number;
  readonly names: readonly string[];
}

const GROUP_NAME = /^\?P?<([A-Za-z_@][A-Za-z0-9_@.]*)>/;

/** Calls `see` at each character that is neither escaped nor in a character class, and says whether a class stays open. */
function outsideClasses(pattern: string, see: (character: string, index: number) => void): boolean {
  let inClass = false;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === "\\") {
      index++;
    } else if (inClass) {
      inClass = character !== "]";
    } else if (character === "[") {
      inClass = true;
      // A bracket right behind the opening one, or behind its ^, is an ordinary character of the class.
      index += pattern.startsWith("^]", index + 1) ? 2 : pattern.startsWith("]", index + 1) ? 1 : 0;
    } else {
      see(character, index);
    }
  }
  return inClass;
}

/** The groups that `parse` can turn into fields; `(?:…)`, `(?i)` and looks around are none. */
export function captureGroups(pattern: string): CaptureGroups {
  const names: string[] = [];
  let count = 0;
  outsideClasses(pattern, (character, index) => {
    if (character !== "(") {
      return;
    }
    const rest = pattern.slice(index + 1);
    const name = GROUP_NAME.exec(rest)?.[1];
    if (name !== undefined) {
      names.push(name);
    }
    if (name !== undefined || !rest.startsWith("?")) {
      count++;
    }
  });
  return { count, names };
}

/** Why a regular expression cannot be one, or undefined; brackets only, as CloudWatch's dialect is not documented in full. */
export function regexFault(pattern: string): string | undefined {
  let open = 0;
  let unmatched = false;
  const classOpen = outsideClasses(pattern, (character) => {
    if (character === "(") {
      open++;
    } else if (character === ")") {
      open--;
      unmatched ||= open < 0;
    }
  });
  if (classOpen) {
    return "This regular expression has a [ that is never closed.";
  }
  if (unmatched) {
    return "This regular expression has a ) that closes nothing.";
  }
  return open > 0 ? "This regular expression has a ( that is never closed." : undefined;
}
