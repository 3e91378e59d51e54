import { rolesWith } from '#identity';
import type { Endpoint } from './endpoint';

const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const accessWords = (endpoint: Endpoint): string => {
  const { access } = endpoint;
  if (access === 'public') return '公开';
  if (access === 'signedIn') return '登录后';
  const roles = access.permission === undefined ? [] : rolesWith(access.permission);
  return [...roles, ...(access.scopes ?? []).map((scope) => `接口 ${scope}`)].join('、');
};

const row = (endpoint: Endpoint): string =>
  `<tr><td><code>${endpoint.method.toUpperCase()}</code></td><td><code>/api/v1${escape(endpoint.path)}</code></td><td>${escape(endpoint.summary)}</td><td>${escape(accessWords(endpoint))}</td><td>${[
    ...(endpoint.ifMatch === true ? ['If-Match'] : []),
    ...(endpoint.idempotent === true ? ['Idempotency-Key'] : []),
  ].join('、')}</td></tr>`;

/** A plain readable list of the operations, without script; the machine-readable document is beside it. */
export const apiDocsPage = (endpoints: readonly Endpoint[]): string => {
  const tags = [...new Set(endpoints.map((endpoint) => endpoint.tag))];
  const sections = tags.map(
    (tag) =>
      `<h2>${escape(tag)}</h2><table><thead><tr><th>方法</th><th>地址</th><th>用途</th><th>谁可以调用</th><th>必带请求头</th></tr></thead><tbody>${endpoints
        .filter((endpoint) => endpoint.tag === tag)
        .map(row)
        .join('')}</tbody></table>`,
  );
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>回音 接口说明</title></head><body><main><h1>回音 接口说明</h1><p>机器可读的完整说明：<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>（OpenAPI 3.1）。错误一律为 application/problem+json，时间一律为带时区的 ISO 8601。</p>${sections.join('')}</main></body></html>`;
};
