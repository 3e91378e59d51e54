import { z } from 'zod';
import {
  audienceSchema,
  authorityNatureSchema,
  crossProvinceModeSchema,
  daySchema,
  exerciseLevelSchema,
  guideKindSchema,
  handlingFormSchema,
  itemTypeSchema,
  knowledgeStatusSchema,
  regionCodeSchema,
  specialProcedureSchema,
  timeUnitSchema,
} from './codes';

const text = (max: number) => z.string().trim().max(max);
const optionalText = (max: number) => text(max).nullable().default(null);
const paragraphs = z.array(text(4000).min(1)).max(60).default([]);

/** One line of the list of materials (rules 8.2). */
export const materialSchema = z.strictObject({
  name: text(120).min(2),
  issuer: optionalText(120),
  originals: z.int().min(0).max(20).default(0),
  copies: z.int().min(0).max(20).default(0),
  required: z.boolean().default(true),
  note: optionalText(500),
  sample: optionalText(300),
  /** Fetched from a shared database, so the citizen need not bring it (共享免交). */
  shared: z.boolean().default(false),
  /** May be handed in later (容缺) or replaced by a written promise (告知承诺). */
  deferrable: z.boolean().default(false),
});
export type Material = z.infer<typeof materialSchema>;

export const timeLimitSchema = z.strictObject({ amount: z.number().min(0).max(3650), unit: timeUnitSchema, note: optionalText(300) });
export type TimeLimit = z.infer<typeof timeLimitSchema>;

export const questionSchema = z.strictObject({ question: text(300).min(2), answer: text(3000).min(1) });

/** Elements that exist on item × handling place only (rules 8.2, 8.3). */
export const crossProvinceSchema = z.strictObject({
  mode: crossProvinceModeSchema,
  receivingDuty: text(500),
  handlingDuty: text(500),
  delivery: text(300),
  leadUnit: text(120),
  batch: optionalText(120),
  liaisonUnit: optionalText(120),
  liaisonPhone: optionalText(40),
});
export type CrossProvince = z.infer<typeof crossProvinceSchema>;

/** Prose as published elsewhere; kept apart so that structured rows are never guessed out of running text. */
export const narrativeSchema = z.strictObject({
  eligible: optionalText(4000),
  conditions: optionalText(6000),
  materials: optionalText(6000),
  steps: optionalText(6000),
  timeLimit: optionalText(2000),
  fee: optionalText(2000),
  channels: optionalText(3000),
  notes: optionalText(6000),
  phone: optionalText(500),
  body: optionalText(20_000),
});
export type Narrative = z.infer<typeof narrativeSchema>;

const identity = {
  kind: guideKindSchema.default('GUIDE'),
  name: text(160).min(2),
  category: optionalText(40),
  basicCode: optionalText(64),
  implementCode: optionalText(64),
  handleItemCode: optionalText(64),
  itemType: itemTypeSchema.nullable().default(null),
  exerciseLevel: exerciseLevelSchema.nullable().default(null),
  powerDivision: optionalText(500),
  exerciseContent: optionalText(1000),
  authority: z
    .strictObject({ name: text(120), code: optionalText(18), nature: authorityNatureSchema.nullable().default(null) })
    .nullable()
    .default(null),
  handlingUnit: optionalText(120),
  coDepartments: z.array(text(120)).max(20).default([]),
};

const conditions = {
  basis: paragraphs,
  conditions: paragraphs,
  quotaLimit: optionalText(300),
  audiences: z.array(audienceSchema).default([]),
  themes: z.array(text(40)).max(20).default([]),
  specialProcedures: z.array(specialProcedureSchema).default([]),
  intermediaryService: optionalText(300),
};

const process = {
  statutoryLimit: timeLimitSchema.nullable().default(null),
  promisedLimit: timeLimitSchema.nullable().default(null),
  fee: z
    .strictObject({ charged: z.boolean(), basis: optionalText(500), standard: optionalText(500) })
    .nullable()
    .default(null),
  steps: paragraphs,
  resultName: optionalText(120),
  resultSample: optionalText(300),
  visits: z.int().min(0).max(20).nullable().default(null),
  bookable: z.boolean().default(false),
  payOnline: z.boolean().default(false),
  express: z.boolean().default(false),
  handlingForms: z.array(handlingFormSchema).default([]),
  onlineUrl: optionalText(300),
};

const contact = {
  place: optionalText(300),
  hours: optionalText(200),
  consultation: optionalText(200),
  supervision: optionalText(200),
  reviewAuthority: optionalText(200),
  court: optionalText(200),
  questions: z.array(questionSchema).max(60).default([]),
};

export const guideSourceSchema = z.strictObject({ url: optionalText(500), date: optionalText(40), status: optionalText(120), via: optionalText(120) });

/** All that a version of a guide says. Published versions never change. */
export const guideContentSchema = z.strictObject({
  ...identity,
  ...conditions,
  materials: z.array(materialSchema).max(80).default([]),
  ...process,
  ...contact,
  crossProvince: crossProvinceSchema.nullable().default(null),
  narrative: narrativeSchema.nullable().default(null),
  source: guideSourceSchema.nullable().default(null),
  /** The text is known to be incomplete. */
  partial: z.boolean().default(false),
});
export type GuideContent = z.infer<typeof guideContentSchema>;
export type GuideContentInput = z.input<typeof guideContentSchema>;

/** Who stands for the guide, where it holds and how long (rules 9). */
export const guideHeadSchema = z.strictObject({
  externalId: z.string().trim().min(1).max(64).nullable().default(null),
  itemId: z.string().max(32).nullable().default(null),
  /** Null when the place is nation-wide or could not be read from its name; `regionName` is what is printed. */
  regionCode: regionCodeSchema.nullable().default(null),
  regionName: text(120),
  department: text(160).default(''),
  ownerOrgId: z.string().max(32).nullable().default(null),
  ownerOrg: text(160).default(''),
  /** The document the version rests on (rules 9: nothing is published without). */
  basisDocument: optionalText(300),
  validFrom: daySchema,
  validUntil: daySchema.nullable().default(null),
  reviewDue: daySchema.nullable().default(null),
  verifiedAt: daySchema.nullable().default(null),
  verifiedBy: optionalText(160),
  /** Why two valid guides for one item and place may stand side by side (rules 9). */
  differenceNote: optionalText(500),
  demo: z.boolean().default(false),
});
export type GuideHead = z.infer<typeof guideHeadSchema>;
export type GuideHeadInput = z.input<typeof guideHeadSchema>;

export const guideViewSchema = z.strictObject({
  id: z.string(),
  version: z.int(),
  /** The newest published version; 0 while there is only a draft. */
  currentVersion: z.int(),
  status: knowledgeStatusSchema,
  head: guideHeadSchema,
  content: guideContentSchema,
  publishedAt: z.string().nullable(),
  publishedBy: z.string().nullable(),
  /** Somebody reported the guide as wrong and the owner has not answered yet (待核). */
  underCorrection: z.boolean(),
  /** For `If-Match`. */
  revision: z.int(),
});
export type GuideView = z.infer<typeof guideViewSchema>;
