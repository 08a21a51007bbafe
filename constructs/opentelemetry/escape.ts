/**
 * Text that a collector gives back unchanged. In its configuration `$` begins a reference to the environment unless doubled.
 * Source: OpenTelemetry documentation, Collector, "Configuration", "Environment variables".
 */
export const collectorLiteral = (text: string): string => text.replaceAll("$", "$$$$");

/**
 * A text as a string of the OpenTelemetry Transformation Language: in double quotes, in which backslashes and quotes are escaped.
 * Source: opentelemetry-collector-contrib, pkg/ottl, "OTTL grammar", "Literals".
 */
export const ottlString = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;
