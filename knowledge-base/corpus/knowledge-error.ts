/*
 * The module knows nothing of its host, so it has an error of its own; its fields are those of the host's domain error, and the
 * composition hands it on as one.
 */

export interface FieldFault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export class KnowledgeError extends Error {
  readonly kind: 'invalid' | 'missing' | 'conflict' | 'stale' | 'forbidden';
  /** Stable, such as `knowledge/catch-all-material`. */
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldFault[];

  constructor(
    kind: KnowledgeError['kind'],
    code: string,
    message: string,
    more: { readonly facts?: Readonly<Record<string, unknown>>; readonly errors?: readonly FieldFault[] } = {},
  ) {
    super(message);
    this.name = 'KnowledgeError';
    this.kind = kind;
    this.code = code;
    this.facts = more.facts ?? {};
    this.errors = more.errors ?? [];
  }
}

export const guideMissing = (): KnowledgeError => new KnowledgeError('missing', 'knowledge/guide-missing', '没有找到这份办事指南，或它还没有发布。');
export const itemMissing = (): KnowledgeError => new KnowledgeError('missing', 'knowledge/item-missing', '事项目录里没有这个事项。');
export const guideChanged = (): KnowledgeError => new KnowledgeError('stale', 'knowledge/guide-changed', '这份指南已被他人更新，请核对最新内容后再提交。');
export const correctionMissing = (): KnowledgeError => new KnowledgeError('missing', 'knowledge/correction-missing', '没有找到这条纠错。');
