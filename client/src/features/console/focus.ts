/** What the middle of the console is about. */
export interface Focus {
  readonly kind: 'call' | 'conversation' | 'ticket' | 'task';
  readonly id: string;
}

export const sameFocus = (a: Focus | null, b: Focus | null): boolean => a?.kind === b?.kind && a?.id === b?.id;

export const keyOf = (focus: Focus): string => `${focus.kind}:${focus.id}`;
