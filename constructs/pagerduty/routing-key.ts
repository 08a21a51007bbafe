/**
 * The routing key of an environment's event orchestration, where something tells PagerDuty.
 * @throws Error where another pager was chosen: what cannot reach that one the checks refuse; they run first.
 */
export function routingKeyOf(routingKey: string | undefined): string {
  if (routingKey === undefined) throw new Error("unchecked catalog: an alert calls PagerDuty, which was not chosen");
  return routingKey;
}
