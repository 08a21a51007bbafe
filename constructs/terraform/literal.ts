/**
 * Text that Terraform gives back unchanged. In its JSON syntax every string is a template, in which `${` and `%{` begin an
 * interpolation or a directive unless doubled. Apply it once, where a value meets a resource, and never to text that holds a
 * CDKTF token.
 * Source: Terraform language, JSON Configuration Syntax, "Expression Mapping"; Strings and Templates, "Escape Sequences".
 */
export const literal = (text: string): string => text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

/** Texts of a map that Terraform gives back unchanged, keys and values. */
export const literals = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [literal(name), literal(text)]));
