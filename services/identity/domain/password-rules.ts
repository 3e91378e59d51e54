import { invalid } from '#kernel';

export const demoPassword = 'huiyin-demo-2026';

const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/] as const;

const fault = (password: string, given: { readonly loginName: string; readonly demo: boolean }): string | null => {
  const length = [...password].length;
  if (length < 10 || length > 128) return '密码长度须为 10 至 128 位';
  if (length < 16 && kinds.filter((kind) => kind.test(password)).length < 3) return '密码须含大写、小写、数字、符号中的三种，或不少于 16 位';
  if (new Set(password).size < 5) return '密码不能由少数几个字符重复而成';
  if (password.toLowerCase().includes(given.loginName)) return '密码不能包含登录名';
  if (!given.demo && password === demoPassword) return '演示口令不能用于正式环境';
  return null;
};

/** rules §11.7; no default password outside demo mode (security A-6). */
export const acceptablePassword = (password: string, given: { readonly loginName: string; readonly demo: boolean }): string => {
  const message = fault(password, given);
  if (message !== null) throw invalid(`${message}。`, [{ path: '/password', code: 'weak-password', message }], 'identity/weak-password');
  return password;
};
