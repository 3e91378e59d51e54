/** rules §11.2: what a screen shows of a person without asking for more. */
export const maskName = (name: string): string => `${Array.from(name)[0] ?? ''}*`;

export const maskPhone = (phone: string): string => {
  const bare = phone.replace(/^\+86/, '');
  return bare.length < 8 ? '****' : `${bare.slice(0, 3)}****${bare.slice(-4)}`;
};

export const maskCertificate = (certNo: string): string =>
  certNo.length < 10 ? '****' : `${certNo.slice(0, 3)}${'*'.repeat(certNo.length - 7)}${certNo.slice(-4)}`;
