/** What IAM accepts. Source: IAM user guide, "IAM and AWS STS quotas", "IAM name requirements" and "Other quotas for IAM entities". */
export const iamLimits = {
  /** Characters of a role's name. */
  roleNameLength: 64,
  /** Characters of all inline policies of a role together, without white space. */
  rolePolicyCharacters: 10_240,
} as const;

/** Longest that a session of a role lasts, in seconds: an hour, IAM's shortest, after which one signs in again. */
export const sessionSeconds = 3_600;
