/** The words of the knowledge base's table, repeated here because its file brings a validator of 60 KB to a citizen's phone; a test compares. */
export const crossProvinceModes = { FULL_ONLINE: '全程网办', REMOTE_COLLECT: '异地代收代办', MULTI_JOINT: '多地联办' } as const;
