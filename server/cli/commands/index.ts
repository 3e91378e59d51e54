import type { Command } from '../command';
import { databaseCommands } from './database';
import { lifecycleCommands } from './lifecycles';
import { peopleCommands } from './people';

export const commands: readonly Command[] = [...databaseCommands, ...peopleCommands, ...lifecycleCommands];
