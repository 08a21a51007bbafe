/** How much the business needs a service: 1 most, 4 least. */
export type Tier = 1 | 2 | 3 | 4;

export const tiers: readonly Tier[] = [1, 2, 3, 4];

/**
 * Minutes within which all three levels of support have been called, by tier: critical 1 hour, high 4 hours, medium 24 hours,
 * low 48 hours. The first level is called at once, whatever the tier.
 */
export const responseMinutes: Readonly<Record<Tier, number>> = { 1: 60, 2: 240, 3: 1440, 4: 2880 };
