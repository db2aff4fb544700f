import type { Command } from 'commander';

import { addFileCommands } from './command-line-files.ts';
import { addOperationsCommands } from './command-line-operations.ts';
import { addPolicyCommands } from './command-line-policy.ts';
import { addStreamCommands } from './command-line-stream.ts';
import { addExplain } from './explain-command.ts';
import type { Shell } from './shell.ts';

/** Every command with its options. A command is loaded when it is asked for: `adjudicate` needs no Kafka, and answers at once. */
export function addCommands(program: Command, shell: Shell): void {
  addStreamCommands(program, shell);
  addOperationsCommands(program, shell);
  addFileCommands(program, shell);
  addPolicyCommands(program, shell);
  addExplain(program, shell);
}
