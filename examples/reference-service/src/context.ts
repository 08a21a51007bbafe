import { AsyncLocalStorage } from "node:async_hooks";

/** What every event of one request or job says, wherever in the code it is logged. */
export interface RequestContext {
  readonly request_id: string;
  /** What joins the requests and jobs of one operation. */
  readonly correlation_id: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Does work within a context. */
export const withContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);

/** The context of the work under way; nothing outside of any. */
export const currentContext = (): Partial<RequestContext> => storage.getStore() ?? {};
