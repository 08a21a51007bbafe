/** The systems that can call people at night. */
export const pagers = ["pagerduty", "opsgenie"] as const;
export type Pager = (typeof pagers)[number];

/** Where an Opsgenie account lives. Source: Opsgenie API documentation, "Domain of API". */
export const opsgenieRegions = ["us", "eu"] as const;
export type OpsgenieRegion = (typeof opsgenieRegions)[number];

/** How bad an alert is in Opsgenie, highest first. Source: Opsgenie, Alert API, `priority`. */
export type OpsgeniePriority = "P1" | "P2" | "P3" | "P4" | "P5";
