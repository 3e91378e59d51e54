import type { Command } from '../command';
import { databaseCommands } from './database';
import { importCommands } from './imports';
import { lifecycleCommands } from './lifecycles';
import { operationCommands } from './operations';
import { peopleCommands } from './people';

export const commands: readonly Command[] = [...databaseCommands, ...peopleCommands, ...importCommands, ...operationCommands, ...lifecycleCommands];
