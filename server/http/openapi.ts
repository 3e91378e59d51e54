import { z } from 'zod';
import { problemCodes, problems } from '#contracts/api/problems';
import { rolesWith } from '#identity';
import type { Access, Endpoint } from './endpoint';

type Json = Readonly<Record<string, unknown>>;

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: problemCodes, description: problemCodes.map((code) => `${code}：${problems[code].means}`).join('\n') },
    requestId: { type: 'string' },
    errors: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } } },
    unmet: { type: 'array', items: { type: 'object', properties: { guard: { type: 'string' }, message: { type: 'string' } } } },
  },
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Record<string, unknown>;
  return rest;
};

const rolesOf = (access: Access): readonly string[] => {
  if (access === 'public') return ['PUBLIC'];
  if (access === 'signedIn') return ['STAFF'];
  const people = access.permission === undefined ? [] : rolesWith(access.permission);
  return [...people, ...(access.scopes ?? []).map((scope) => `CLIENT:${scope}`)];
};

const parametersOf = (schema: z.ZodType | undefined, where: 'path' | 'query'): readonly Json[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({ name, in: where, required: where === 'path' || required.includes(name), schema: property }));
};

const headerParameters = (endpoint: Endpoint): readonly Json[] => [
  ...(endpoint.ifMatch === true ? [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string', pattern: '^(W/)?"?\\d{1,9}"?$' } }] : []),
  ...(endpoint.idempotent === true
    ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,64}$', minLength: 1, maxLength: 64 } }]
    : []),
];

const bodyOf = (endpoint: Endpoint): Json => {
  if (endpoint.upload !== undefined) {
    const fields = endpoint.request?.body === undefined ? {} : ((schemaOf(endpoint.request.body, 'input') as { properties?: Json }).properties ?? {});
    return {
      requestBody: {
        required: true,
        content: { 'multipart/form-data': { schema: { type: 'object', properties: { ...fields, file: { type: 'string', format: 'binary' } } } } },
      },
    };
  }
  if (endpoint.request?.body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.request.body, 'input') } } } };
};

const problemsOf = (endpoint: Endpoint): readonly number[] => [
  400,
  // Public operations too: a wrong key is refused wherever it is shown, and a page of another site may not write.
  401,
  403,
  404,
  ...(endpoint.method === 'get' ? [] : [409, 413, 415]),
  ...(endpoint.ifMatch === true ? [412] : []),
  ...(endpoint.ifMatch === true || endpoint.idempotent === true ? [428] : []),
  ...(endpoint.path.startsWith('/public') ? [410] : []),
  422,
  429,
  431,
  503,
];

const answersOf = (endpoint: Endpoint): Json => {
  const problems = Object.fromEntries(
    problemsOf(endpoint).map((status) => [
      String(status),
      { description: '问题说明', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    ]),
  );
  const answers = Object.fromEntries(
    Object.entries(endpoint.answers).map(([status, schema]) => [
      status,
      {
        description: Number(status) < 300 ? '成功' : '说明',
        ...(schema === null ? {} : { content: { 'application/json': { schema: schemaOf(schema, 'output') } } }),
      },
    ]),
  );
  return { ...problems, ...answers };
};

const securityOf = (access: Access): Json => {
  if (access === 'public') return { security: [] };
  const client = access !== 'signedIn' && access.scopes !== undefined;
  return { security: [{ session: [] }, ...(client ? [{ apiKey: [] }] : [])] };
};

/** OpenAPI 3.1 of every operation, made from the very table that the router is made from: a route cannot be missing (security T-3). */
export const openApiDocument = (endpoints: readonly Endpoint[], serverUrl: string): Json => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [endpoint.method]: {
        operationId: endpoint.id,
        tags: [endpoint.tag],
        summary: endpoint.summary,
        'x-roles': rolesOf(endpoint.access),
        ...(endpoint.ownRows === true ? { 'x-scope': 'own' } : {}),
        ...securityOf(endpoint.access),
        parameters: [...parametersOf(endpoint.request?.params, 'path'), ...parametersOf(endpoint.request?.query, 'query'), ...headerParameters(endpoint)],
        ...bodyOf(endpoint),
        responses: answersOf(endpoint),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '回音 Huiyin',
      version: '1',
      description: '12345 热线、好差评与跨省通办咨询的公开接口。时间一律为带时区的 ISO 8601；错误一律为 application/problem+json。',
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'huiyin' }, apiKey: { type: 'http', scheme: 'bearer' } },
    },
  };
};
