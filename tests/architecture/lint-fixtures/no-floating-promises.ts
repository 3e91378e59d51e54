const check = async (password: string): Promise<boolean> => password.length > 8;

/** The missing await lets anybody in. */
export const signIn = (password: string): string => {
  check(password);
  return 'welcome';
};
