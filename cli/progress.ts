/** Says on a terminal what is going on, in one line that is overwritten; silent in a pipe. */
export class Progress {
  private count = 0;
  private last = 0;
  private readonly terminal = process.stderr.isTTY && process.env["TERM"] !== "dumb";

  public constructor(private label: string) {}

  /** What is being done now. */
  public stage(label: string): void {
    this.label = label;
    this.count = 0;
    this.draw();
  }

  /** One resource more. */
  public step(): void {
    this.count += 1;
    // Ten times a second is enough for an eye, and costs nothing.
    if (Date.now() - this.last > 100) {
      this.draw();
    }
  }

  /** Takes the line away. */
  public done(): void {
    if (this.terminal) {
      process.stderr.write("\r\u001b[K");
    }
  }

  private draw(): void {
    this.last = Date.now();
    if (this.terminal) {
      const width = (process.stderr.columns ?? 80) - 1;
      process.stderr.write(`\r\u001b[K${`${this.label} … ${this.count} resources`.slice(0, width)}`);
    }
  }
}
