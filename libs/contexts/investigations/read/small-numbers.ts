/** Small numbers for texts that come again and again; 0 is for none. */
export class SmallNumbers {
  private readonly numbers = new Map<string, number>();
  /** By the text without capital letters. */
  private readonly spellings = new Map<string, string[]>();

  of(text: string | null): number {
    if (text === null) return 0;
    return this.numbers.get(text) ?? this.add(text);
  }

  /** Undefined when the text has not been seen. */
  known(text: string): number | undefined {
    return this.numbers.get(text);
  }

  get size(): number {
    return this.numbers.size;
  }

  /** Those that differ from this text in nothing but capital letters. */
  alike(text: string): readonly string[] {
    return this.spellings.get(text.toLowerCase()) ?? [];
  }

  /** Those whose number is among these, in order. */
  among(numbers: ReadonlySet<number>): string[] {
    return [...this.numbers].filter(([, number]) => numbers.has(number)).map(([text]) => text).sort();
  }

  private add(text: string): number {
    const number = this.numbers.size + 1;
    this.numbers.set(text, number);
    const folded = text.toLowerCase();
    this.spellings.set(folded, [...(this.spellings.get(folded) ?? []), text]);
    return number;
  }
}
