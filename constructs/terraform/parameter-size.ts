/**
 * Bytes that a parameter of AWS Systems Manager may hold, by tier; the advanced one costs.
 * Source: AWS Systems Manager User Guide, "Managing parameter tiers".
 */
export const parameterBytes = { Standard: 4096, Advanced: 8192 } as const;

export const byteLength = (text: string): number => Buffer.byteLength(text, "utf8");

/** The cheapest tier that holds a text; that of the largest, for one that none holds, which the checks refuse. */
export const tierFor = (text: string): keyof typeof parameterBytes =>
  byteLength(text) <= parameterBytes.Standard ? "Standard" : "Advanced";
