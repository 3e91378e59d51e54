/** The row to open when this one is done with: the one after it, else the one before. */
export const followingOf = <T extends { readonly id: string }>(rows: readonly T[], id: string | null): string | null => {
  const at = rows.findIndex((row) => row.id === id);
  return (rows[at + 1] ?? rows[at - 1])?.id ?? null;
};
