import { expect, test } from "@jest/globals";
import { parsed } from "./parsed";

const remarked = `# why
sum # of all
by ( # the job
  job # and nothing else
) (
  rate( # per second
    x{ # those
      a # the label
      = # is
      "b" # this
    }[5m] # lately
    offset 1h # ago
  )
) # compared
> # with
bool # as a number
- # less
2 # end`;

test("remarks may stand anywhere, and change nothing", () => {
  const plain = remarked.replace(/#.*/g, (remark) => " ".repeat(remark.length));
  const { text: _remarked, ...query } = parsed(remarked);
  const { text: _plain, ...expected } = parsed(plain);
  expect(query).toEqual(expected);
  expect(query.selectors).toMatchObject([{ metric: "x", matchers: [{ label: "a", value: "b" }], rangeSeconds: 300 }]);
});
