/** Reads something again when asked; asked while reading, once more afterwards, however often. */
export class Refresh {
  private running: Promise<void> | null = null;
  private again = false;

  constructor(private readonly read: () => Promise<void>) {}

  /** Resolves when what was there at the time of asking has been read. */
  ask(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      await this.read();
    } while (this.again);
  }
}
