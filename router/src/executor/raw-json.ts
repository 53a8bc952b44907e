declare global {
  interface JSON {
    // TypeScript's library does not know it yet.
    isRawJSON(value: unknown): value is { readonly rawJSON: string };
  }
}

/** Whether a value is a number that a double does not hold, kept as it was written. */
export const isRawNumber = (value: unknown): value is { readonly rawJSON: string } => JSON.isRawJSON(value);
