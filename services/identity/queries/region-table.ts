import rows from '../data/regions.json';
import { createRegions, type Region, type Regions } from '../domain/regions';

/** The shipped table; invented provinces are known in demo mode only. */
export const createRegionTable = (demo: boolean): Regions => createRegions((rows as readonly Region[]).filter((row) => demo || row.demo !== true));
