import type { z } from 'zod';
import type { OrganizationAnswer as Answer } from '#contracts/api/identity';

export type OrganizationAnswer = z.infer<typeof Answer>;
