/** Small numbers for texts that come again and again; 0 is for none. */
export class SmallNumbers {
  private readonly numbers = new Map<string, number>();

  of(text: string | null): number {
    if (text === null) return 0;
    let number = this.numbers.get(text);
    if (number === undefined) this.numbers.set(text, (number = this.numbers.size + 1));
    return number;
  }

  /** Undefined when the text has not been seen. */
  known(text: string): number | undefined {
    return this.numbers.get(text);
  }

  get size(): number {
    return this.numbers.size;
  }

  /** Those that differ from this text in nothing but capital letters. */
  alike(text: string): string[] {
    const wanted = text.toLowerCase();
    return [...this.numbers.keys()].filter((known) => known.toLowerCase() === wanted);
  }

  /** Those whose number is among these, in order. */
  among(numbers: ReadonlySet<number>): string[] {
    return [...this.numbers].filter(([, number]) => numbers.has(number)).map(([text]) => text).sort();
  }
}
