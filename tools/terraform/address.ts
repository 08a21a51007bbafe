/**
 * The keys under which a configuration holds a resource, `["resource", "aws_kms_key", "logs"]`, out of its address: without
 * module and without instance key. Empty for what is no address of a resource.
 */
export function pathOfAddress(address: string): readonly string[] {
  const [, data, type, name] = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(data\.)?([\w-]+)\.([\w-]+)/.exec(address) ?? [];
  if (type === undefined || name === undefined) return [];
  return [data === undefined ? "resource" : "data", type, name];
}

const inText = /\b(?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+/g;

/** Addresses of resources in a sentence, such as terraform's list of a cycle. */
export const addressesIn = (text: string): readonly string[] => [...new Set(text.match(inText) ?? [])];
