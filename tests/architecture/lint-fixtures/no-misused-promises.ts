const mayEnter = async (name: string): Promise<boolean> => name !== '';

/** A promise is always true. */
export const enter = (name: string): string => {
  if (mayEnter(name)) return 'welcome';
  return 'no';
};
