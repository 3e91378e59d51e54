import { type AnyLifecycle, type Decision, type Performer } from '#contracts/lifecycles/lifecycle';
import { type Actor, DomainError, type FieldProblem, forbidden } from '#kernel';

/** In whose name the table is asked. */
export const performersOf = (actor: Actor): readonly Performer[] => {
  if (actor.kind === 'staff') return actor.roles;
  if (actor.kind === 'system') return ['SYSTEM'];
  return actor.kind === 'citizen' ? ['CITIZEN'] : [];
};

/** Turns the table's no into the words of the person who asked. */
export const refusal = (
  table: AnyLifecycle,
  state: string,
  given: { readonly action: string; readonly decision: Extract<Decision, { ok: false }>; readonly errors?: readonly FieldProblem[] },
): DomainError => {
  const { action, decision } = given;
  const actionLabel = table.rows.find((row) => row.on === action)?.label ?? action;
  if (decision.why === 'wrong-role') return forbidden(`您的角色不能“${actionLabel}”。`);
  if (decision.why === 'condition') {
    return new DomainError({
      kind: 'conflict',
      code: `${table.name}/condition-unmet`,
      message: `还不能“${actionLabel}”：${decision.unmet.map((guard) => guard.message).join('；')}。`,
      facts: { state },
      unmet: decision.unmet,
      errors: given.errors ?? [],
    });
  }
  return new DomainError({
    kind: 'conflict',
    code: `${table.name}/wrong-state`,
    message: `${table.label}现为“${table.states[state]?.label ?? state}”，不能“${actionLabel}”。`,
    facts: { state },
  });
};
