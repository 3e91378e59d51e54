import type { Request } from 'express';
import type { z } from 'zod';
import type { Permission } from '#identity';
import type { Actor } from '#kernel';

/** Who may call: everybody, any signed-in person, or persons with a permission and systems with one of the scopes. */
export type Access = 'public' | 'signedIn' | { readonly permission?: Permission; readonly scopes?: readonly string[] };

export interface UploadedFile {
  readonly buffer: Buffer;
  readonly fileName: string;
  readonly mediaType: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** A file instead of JSON. */
  readonly raw?: { readonly content: Buffer; readonly contentType: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler is given: everything parsed, nothing raw. */
export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly actor: Actor;
  /** The version of If-Match; 0 where the endpoint does not ask for it. */
  readonly ifMatch: number;
  readonly address: string;
  /** Bearer token of citizens' conversations and calls; null where none came. */
  readonly bearer: string | null;
  readonly file: UploadedFile | null;
  readonly files: readonly UploadedFile[];
  readonly session: SessionTools;
  readonly request: Request;
}

/** Cookies are made in one place; routes only say what they want. */
export interface SessionTools {
  readonly token: string | null;
  cookie(token: string | null, maxAgeSeconds?: number): string;
}

type Shape<T> = T extends z.ZodType ? z.infer<T> : Record<string, never>;

export interface EndpointSpec<P extends z.ZodType | undefined, Q extends z.ZodType | undefined, B extends z.ZodType | undefined> {
  /** operationId of the OpenAPI document, such as `ratings.create`. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, express form: `/tickets/:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  /** `own`: rows have owners, and only those in the caller's data scope are found. */
  readonly ownRows?: boolean;
  readonly request?: { readonly params?: P; readonly query?: Q; readonly body?: B };
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  readonly ifMatch?: boolean;
  readonly idempotent?: boolean;
  /** Default 64 KiB for public, 256 KiB for staff and systems (security B-4). */
  readonly bodyLimit?: number;
  /** multipart/form-data with this many files at the most; bodies are not parsed as JSON then. */
  readonly upload?: { readonly maxFiles: number; readonly maxBytes: number };
  /** Takes longer than the usual 4.5 s, such as a report or an import. */
  readonly slow?: boolean;
  readonly handle: (call: Call<Shape<P>, Shape<Q>, Shape<B>>) => Promise<Answer>;
  /** Answers a repeated Idempotency-Key when the first answer was not kept (the process died after the commit). */
  readonly replay?: (ref: string, call: Call<Shape<P>, Shape<Q>, Shape<B>>) => Promise<Answer>;
}

/** One operation of the API: the router, the checks and the OpenAPI document are made from it. */
export interface Endpoint extends Omit<EndpointSpec<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined>, 'handle' | 'replay'> {
  readonly handle: (call: Call<never, never, never>) => Promise<Answer>;
  readonly replay?: (ref: string, call: Call<never, never, never>) => Promise<Answer>;
}

export const defineEndpoint = <
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  spec: EndpointSpec<P, Q, B>,
): Endpoint => spec as unknown as Endpoint;
