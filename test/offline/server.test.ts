import { describe, expect, test } from "@jest/globals";
import { reattachJson } from "../../offline/server";

const stop = async (): Promise<void> => {};

describe("the variable that names the served providers", () => {
  test("has each at the address that Terraform and the one that OpenTofu gives it", () => {
    const source = "registry.terraform.io/hashicorp/aws";
    const plugin = {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: 42,
      Test: true,
      Addr: { Network: "unix", String: "/tmp/0.sock" },
    };
    expect(JSON.parse(reattachJson([{ source, socket: "/tmp/0.sock", stop }], 42))).toEqual({
      "registry.terraform.io/hashicorp/aws": plugin,
      "registry.opentofu.org/hashicorp/aws": plugin,
    });
  });

  test("leaves a provider of another registry where it is", () => {
    const listening = [{ source: "example.com/a/b", socket: "/s", stop }];
    expect(Object.keys(JSON.parse(reattachJson(listening, 1)))).toEqual(["example.com/a/b"]);
  });
});
