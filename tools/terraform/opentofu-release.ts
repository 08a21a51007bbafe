/** A release of OpenTofu that may be downloaded, and what its archives must be. */
export interface OpenTofuRelease {
  readonly version: string;
  /** SHA-256 of `tofu_<version>_<platform>.zip`, in hexadecimal, by platform. */
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * The release that is downloaded where there is no terraform. The sums are those of the release's own `tofu_1.12.1_SHA256SUMS`,
 * as the packages for Homebrew (all four) and for Arch Linux (Linux) repeat them.
 */
export const pinnedRelease: OpenTofuRelease = {
  version: "1.12.1",
  sha256: {
    darwin_amd64: "bc1bf25272976a568831889b42c4dddad5897c348e5ecc63960a732feee8a73f",
    darwin_arm64: "06cff265b39c437ba81f91cfa85ae91b6ae28d3112bb2273294431a3f54e8bf5",
    linux_amd64: "1fc9af962e3632b7cd0ba27076cd9f1ced177567defe9e331ac37f5a40468575",
    linux_arm64: "1a53dd57697dc04d243ddb81a0f70e44ab83c256f15dde173e5538120dc6a0bb",
  },
};

/** Where OpenTofu's releases are; a mirror of it has the same paths below. */
export const releasesUrl = "https://github.com/opentofu/opentofu/releases/download";

const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** The platform in the release's words, `linux_amd64`, out of Node's `process.platform` and `process.arch`. */
export const platformName = (platform: string, architecture: string): string =>
  `${platform}_${architectures[architecture] ?? architecture}`;

export const archiveUrl = (base: string, version: string, platform: string): string =>
  `${base.replace(/\/+$/, "")}/v${version}/tofu_${version}_${platform}.zip`;
