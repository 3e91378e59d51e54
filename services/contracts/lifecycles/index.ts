import { agentStateLifecycle } from './agent-state.lifecycle';
import { callbackTaskLifecycle } from './callback-task.lifecycle';
import { callLifecycle } from './call.lifecycle';
import { conversationLifecycle } from './conversation.lifecycle';
import { legLifecycle } from './leg.lifecycle';
import type { AnyLifecycle } from './lifecycle';
import { rectificationLifecycle } from './rectification.lifecycle';
import { subOrderLifecycle } from './sub-order.lifecycle';
import { ticketLifecycle } from './ticket.lifecycle';

/** Every state machine of the product; diagrams and the generic tests walk over this list. */
export const allLifecycles: readonly AnyLifecycle[] = [
  ticketLifecycle,
  subOrderLifecycle,
  rectificationLifecycle,
  callLifecycle,
  legLifecycle,
  agentStateLifecycle,
  callbackTaskLifecycle,
  conversationLifecycle,
];
