export * from './actor';
export * from './clock';
export * from './domain-error';
export * from './ids';
export * from './masking';
export * from './paging';
export * from './predicate';
