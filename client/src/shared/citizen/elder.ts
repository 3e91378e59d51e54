const parameter = 'elder';

/** Chosen by the address, so that a link, a QR code or the server can choose it as well. */
export const isElder = (): boolean => new URLSearchParams(location.search).get(parameter) === '1' || document.documentElement.classList.contains('elder');

export const applyElderMode = (): void => void document.documentElement.classList.toggle('elder', isElder());

/** The same page in the other mode. */
export const otherModeHref = (): string => {
  const search = new URLSearchParams(location.search);
  if (isElder()) search.delete(parameter);
  else search.set(parameter, '1');
  const text = search.toString();
  return `${location.pathname}${text === '' ? '' : `?${text}`}${location.hash}`;
};

/** Keeps the mode on the way to another page of ours: `/progress`, `/#/ask`. */
export const inThisMode = (path: string): string => {
  if (!isElder()) return path;
  const [before = '', hash] = path.split('#');
  return `${before}${before.includes('?') ? '&' : '?'}${parameter}=1${hash === undefined ? '' : `#${hash}`}`;
};
