/** A fault is not an answer: the claims wait until it is gone. Messages are constants; what went wrong in detail is in `cause`. */
export class Fault extends Error {
  override readonly name: string = 'Fault';
  /** False stops the process: waiting would not mend it. */
  readonly retryable: boolean;

  constructor(message: string, { retryable, cause }: { retryable: boolean; cause?: unknown }) {
    super(message, { cause });
    this.retryable = retryable;
  }
}

/** Somebody else owns the lane now, or may: whatever this owner still holds is void. */
export class Fenced extends Fault {
  override readonly name = 'Fenced';

  constructor(message: string, cause?: unknown) {
    super(message, { retryable: true, cause });
  }
}
