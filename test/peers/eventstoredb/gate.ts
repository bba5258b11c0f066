interface Line {
  readonly shared: Set<Promise<unknown>>;
  exclusive?: Promise<unknown>;
}

/** Work on the same stream goes on together, unless one needs it for itself. What asks first and can begin begins within the call. */
export class Gate {
  private readonly lines = new Map<string, Line>();

  async shared<T>(key: string, work: () => Promise<T>): Promise<T> {
    let line = this.line(key);
    while (line.exclusive) {
      await line.exclusive;
      line = this.line(key);
    }
    return this.hold(key, line, work());
  }

  async exclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.line(key);
    const mine = Promise.allSettled([line.exclusive, ...line.shared]).then(work);
    const settled = mine.then(() => undefined, () => undefined);
    line.exclusive = settled;
    try {
      return await mine;
    } finally {
      if (line.exclusive === settled) line.exclusive = undefined;
      this.forget(key, line);
    }
  }

  private async hold<T>(key: string, line: Line, work: Promise<T>): Promise<T> {
    line.shared.add(work);
    try {
      return await work;
    } finally {
      line.shared.delete(work);
      this.forget(key, line);
    }
  }

  private line(key: string): Line {
    let line = this.lines.get(key);
    if (!line) {
      line = { shared: new Set() };
      this.lines.set(key, line);
    }
    return line;
  }

  private forget(key: string, line: Line): void {
    if (line.shared.size === 0 && !line.exclusive && this.lines.get(key) === line) this.lines.delete(key);
  }
}
