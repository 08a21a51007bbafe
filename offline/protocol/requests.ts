import { z } from "zod";

/*
 * Requests as the loader decodes them, fields that are not sent at their defaults. Source: Terraform plugin protocol 6.
 */

const bytes = z.instanceof(Buffer);
const dynamicValue = z.object({ msgpack: bytes, json: bytes }).nullable();
const rawState = z.object({ json: bytes }).nullable();

export const nothingRequest = z.object({});
export const configRequest = z.object({ config: dynamicValue });
export const typedConfigRequest = z.object({ type_name: z.string(), config: dynamicValue });
export const upgradeRequest = z.object({ type_name: z.string(), raw_state: rawState });
export const readRequest = z.object({ type_name: z.string(), current_state: dynamicValue, private: bytes });
export const planRequest = z.object({
  type_name: z.string(),
  prior_state: dynamicValue,
  proposed_new_state: dynamicValue,
  config: dynamicValue,
  prior_private: bytes,
});
export const applyRequest = z.object({
  type_name: z.string(),
  prior_state: dynamicValue,
  planned_state: dynamicValue,
  config: dynamicValue,
  planned_private: bytes,
});
export const importRequest = z.object({ type_name: z.string(), id: z.string() });
export const moveRequest = z.object({
  source_provider_address: z.string(),
  source_type_name: z.string(),
  source_state: rawState,
  target_type_name: z.string(),
  source_private: bytes,
});
