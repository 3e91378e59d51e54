/** GB/T 2260: two digits name a province, four a city, six a county; `930100` is all that begins with 9301. */
export const placePrefix = (regionCode: string): string => regionCode.replace(/(?:00){1,2}$/, '');

/** Somebody must be able to see what comes in: a place without a hotline of this installation has nobody to dispatch it. */
export const isServed = (regionCode: string, centreRegions: readonly string[]): boolean =>
  centreRegions.length === 0 || centreRegions.some((centre) => regionCode.startsWith(placePrefix(centre)));
