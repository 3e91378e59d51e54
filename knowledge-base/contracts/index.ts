export * from './answer-card';
export * from './codes';
export * from './correction';
export * from './guide-editing';
export * from './guide-search';
export * from './item-guide';
export * from './service-item';
