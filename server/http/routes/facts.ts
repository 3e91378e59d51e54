import { z } from 'zod';
import { DomainError, forbidden } from '#kernel';
import { RoomFactSchema, roomName } from '#contracts/realtime/rooms';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

/** design.md §3: what a screen missed, by the same numbers that the sockets carry. */
export const factEndpoints = (system: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'facts.replay',
    method: 'get',
    path: '/facts',
    tag: '实时',
    summary: '某个房间在第 n 条之后的事实；太旧时要求重新读取',
    access: 'signedIn',
    request: {
      query: z.strictObject({
        room: roomName,
        after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
        limit: z.coerce.number().int().min(1).max(500).default(200),
      }),
    },
    answers: { 200: z.object({ room: z.string(), reload: z.boolean(), head: z.number(), items: z.array(RoomFactSchema) }) },
    handle: async ({ query, actor }) => {
      if (actor.kind !== 'staff') throw forbidden();
      if (!(await system.rooms.mayJoin(actor, query.room)))
        throw new DomainError({ kind: 'missing', code: 'not-found', message: '没有找到这个内容，或您无权查看。' });
      const items = await system.facts.replay(query.room, query.after, query.limit);
      const head = (await system.facts.heads([query.room]))[query.room] ?? 0;
      const reload = items === null || query.after > head;
      return { status: 200, body: { room: query.room, reload, head, items: reload ? [] : items } };
    },
  }),
];
