/** Placeholder until the types are generated from the committed OpenAPI. */
export type paths = Record<string, never>;
