/** One Idempotency-Key for one intent: the same content sent again carries the same key, until it has succeeded. */
export class IdempotencyKey {
  private key: string | null = null;
  private content: string | null = null;

  keyFor(variables: unknown): string {
    const content = JSON.stringify(variables) ?? '';
    if (this.key === null || content !== this.content) {
      this.key = crypto.randomUUID();
      this.content = content;
    }
    return this.key;
  }

  done(): void {
    this.key = null;
    this.content = null;
  }
}
