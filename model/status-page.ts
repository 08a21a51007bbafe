/** A public status page (Statuspage by Atlassian) that exists already. */
export interface StatusPageOptions {
  /** Its id: 12 letters and digits, which its settings show under API info. No secret. */
  readonly page: string;
}

/** How users see a service on the status page. */
export interface StatusComponent {
  /** Name of the component, in the users' words. */
  readonly component: string;
  /** What it does for users, in one line. */
  readonly description: string;
  /** Name of the group that it stands in. Default: none, beside the groups. */
  readonly group?: string;
}
