import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { GuardedProcess, Program, StackFolder } from './guarded.ts';

const POLL_MS = 50;
const START_MS_MAX = 120_000;
const STOP_MS_MAX = 30_000;
const LOG_TAIL_CHARACTERS = 4_000;

/** One server of a stack. It keeps its port and its data for as long as the stack stands, however often it is restarted. */
export abstract class Server {
  readonly port: number;
  protected readonly folder: StackFolder;
  #process: GuardedProcess | undefined;

  constructor(folder: StackFolder, port: number) {
    this.folder = folder;
    this.port = port;
  }

  abstract readonly name: string;
  protected abstract readonly program: Program;

  /** Whether it answers a request of its own protocol by now; a refused connection may also throw. */
  protected abstract answers(): Promise<boolean>;

  /** What has to be done before each start. */
  protected async prepare(): Promise<void> {
    // Nothing, for most.
  }

  /** Undefined while the server is down. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Settles when the server answers. If it does not come up, the error holds the end of its log. */
  async start(): Promise<void> {
    if (this.#process) throw new Error(`${this.name} is running already`);
    await this.prepare();
    const started = await this.folder.run(this.program);
    this.#process = started;
    void started.ended.then(() => {
      this.#process = undefined;
    });
    await this.#untilItAnswers();
  }

  /** Stops it in an orderly way, as for maintenance. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** From now on nothing is answered and no connection is closed, until `thaw`. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  #signal(signal: NodeJS.Signals): void {
    if (!this.#process) throw new Error(`${this.name} is not running`);
    try {
      process.kill(this.#process.pid, signal);
    } catch (error) {
      // It ended an instant ago, and the news is on its way.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ending = this.#process;
    if (!ending) return;
    this.#signal('SIGCONT'); // a frozen process does not notice SIGTERM
    this.#signal(signal);
    const overdue = setTimeout(() => {
      this.#signal('SIGKILL');
    }, STOP_MS_MAX);
    await ending.ended;
    clearTimeout(overdue);
  }

  async #untilItAnswers(): Promise<void> {
    const deadline = performance.now() + START_MS_MAX;
    while (this.pid !== undefined) {
      if (await this.answers().catch(() => false)) return;
      if (performance.now() > deadline) {
        await this.kill();
        throw await this.failure('was started and does not answer');
      }
      await pause(POLL_MS);
    }
    throw await this.failure('ended at its start');
  }

  protected async failure(what: string): Promise<Error> {
    const log = await readFile(this.program.log, 'utf8').catch(() => '');
    return new Error(`${this.name} ${what}. The end of its log:\n${log.slice(-LOG_TAIL_CHARACTERS)}`);
  }
}
