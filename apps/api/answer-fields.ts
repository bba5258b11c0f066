/** Fields as the descriptions of answers have them. */
export const count = { type: 'integer', minimum: 0 } as const;
export const date = { type: String, format: 'date' } as const;
export const instant = { type: String, format: 'date-time' } as const;
export const maybeText = { type: String, nullable: true } as const;
