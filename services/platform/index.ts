export { type Attachment, type Attachments, createAttachments, maxAttachmentBytes, type NewAttachment } from './attachments';
export { type ChainHead, chainHeads, copyDatabase } from './backup';
export { canonical } from './canonical';
export { type ChainFault, type ChainReport, type ChainSpec, platformChains, verifyChain } from './chains';
export { column, tableOptions, toDate, toDateOrNull, toMillis, toMillisOrNull } from './columns';
export {
  createDatabase,
  type Database,
  type DatabaseDeps,
  type Dialect,
  isConnectionLoss,
  isLockError,
  isStorageFull,
  isUniqueViolation,
  unavailable,
} from './database';
export { createFacts, type Facts, type NumberedFact, type RoomFact } from './facts';
export { createFieldCrypto, type FieldCrypto } from './field-crypto';
export { cleanFileName, mediaTypeOf } from './file-types';
export { createFileStore, type FileStore } from './files';
export { findStoredAnswer, type IdempotencyContext, storeAnswer, type StoredAnswer, withIdempotency } from './idempotency';
export { insertRows } from './insert-rows';
export { createLease, type Lease } from './lease';
export { createLogger, type LogFields, type Logger, silentLogger } from './logger';
export { migrate, pendingMigrations, unmigrate } from './migrate';
export { createReactions, type Reaction, type Reactions } from './reactions';
export { createSettings, type Settings } from './settings';
export { collationFaults, databaseFaults } from './start-asserts';
export { createTrails, type TrailEntry, type Trails } from './trails';
export { actorOf, type AuditEntry, type ChainedRow, type NewFact, type TrailStep, type UnitOfWork } from './unit-of-work';
export { containing, type SideTable, toWhere } from './where';
