/** What the exit of the program means; 0 is that all went well. */
export const EXIT = {
  /** The data is wrong, a check has failed, or two policies differ. */
  data: 1,
  /** Bad usage, or a configuration or a file that cannot be used. */
  usage: 2,
  /** A server is away, or is not what the command needs. */
  unavailable: 69,
  /** A bug of this program. */
  internal: 70,
} as const;
