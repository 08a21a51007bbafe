/** The address that Prometheus' own programs log, for those that were told to take any port; undefined while they have not. */
export function loggedAddress(log: string): string | undefined {
  const [, address] = /Listening on"? address=(\S+)/.exec(log) ?? [];
  return address === undefined ? undefined : `http://${address}`;
}
