import { z } from 'zod';
import { roleLabels } from '#contracts/vocabulary/roles';
import { demoPassword, demoStaff, demoUnits } from '#identity';
import { missing } from '#kernel';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const Account = z.object({ username: z.string(), name: z.string(), post: z.string(), orgName: z.string() });

const shown = [
  'agent1',
  'agent2',
  'dispatcher1',
  'handler.hrss',
  'approver.hrss',
  'reviewer1',
  'callback1',
  'supervisor1',
  'appeal1',
  'manager1',
  'auditor1',
  'admin1',
];

const orgNameOf = (orgId: string): string => demoUnits.find((unit) => unit.id === orgId)?.shortName ?? '';

/** For the sign-in page of a demonstration; absent everywhere else (security A-6: no default password outside it). */
export const demoEndpoints = (system: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'demo.accounts',
    method: 'get',
    path: '/demo',
    tag: '登录',
    summary: '演示账号；只在演示模式下存在',
    access: 'public',
    answers: { 200: z.object({ password: z.string(), accounts: z.array(Account) }) },
    handle: () => {
      if (!system.demo) throw missing('resource');
      const accounts = shown.flatMap((loginName) => {
        const person = demoStaff.find((entry) => entry.loginName === loginName);
        if (person === undefined) return [];
        return [{ username: loginName, name: person.name, post: person.roles.map((role) => roleLabels[role]).join('、'), orgName: orgNameOf(person.orgId) }];
      });
      return Promise.resolve({ status: 200, body: { password: demoPassword, accounts } });
    },
  }),
];
