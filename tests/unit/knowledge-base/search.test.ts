import { createSearchCore, readPlace, type SearchCore } from '../../../knowledge-base/search/search-core';
import { defaultSynonyms } from '../../../knowledge-base/search/default-synonyms';
import type { SearchDocument } from '../../../knowledge-base/search/search-document';
import { regions } from './open-knowledge-base';

const day = 20261009;

const aGuide = (id: string, name: string, more: Partial<SearchDocument> = {}): SearchDocument => ({
  id,
  externalId: null,
  itemId: null,
  version: 1,
  kind: 'GUIDE',
  name,
  keywords: [],
  category: null,
  department: '',
  regionCode: null,
  regionName: '全国',
  mode: null,
  validFrom: '2026-01-01',
  validUntil: null,
  demo: true,
  text: '材料：居民身份证、户口簿。',
  ...more,
});

const place = (code: string, name: string): Partial<SearchDocument> => ({ regionCode: code, regionName: name });

const guides: readonly SearchDocument[] = [
  aGuide('fund-lan', '住房公积金异地转移接续', place('930100', '云江省澜州市')),
  aGuide('fund-an', '住房公积金异地转移接续', place('940100', '海岚省安渡市')),
  aGuide('medical', '基本医疗保险关系转移接续', { keywords: ['医保转移'] }),
  aGuide('pension', '企业职工基本养老保险关系转移接续', { keywords: ['社保转移'] }),
  aGuide('pension-village', '城乡居民基本养老保险关系转移接续'),
  aGuide('licence', '驾驶证期满换证'),
  aGuide('licence-motor', '摩托车驾驶证申领'),
  aGuide('idcard', '居民身份证换领、补领'),
  aGuide('card', '社会保障卡补换', { keywords: ['补社保卡'] }),
  aGuide('disabled', '困难残疾人生活补贴和重度残疾人护理补贴'),
  aGuide('orphan', '孤儿救助资格认定'),
  aGuide('shop', '个体工商户设立登记'),
  aGuide('birth', '新生儿入户'),
  aGuide('spouse', '夫妻投靠户口迁移'),
  aGuide('diploma', '学历公证'),
  aGuide('marriage', '结婚登记'),
  aGuide('unemployed', '失业保险金申领'),
  aGuide('old', '过期的结婚登记须知', { validUntil: '2026-09-30' }),
  aGuide('future', '明年的结婚登记须知', { validFrom: '2027-01-01' }),
];

let core: SearchCore;
beforeAll(() => {
  core = createSearchCore({ regions, synonyms: defaultSynonyms });
  core.put(guides);
  core.settle();
});

const first = (text: string): string | undefined => core.search({ text, limit: 5, day }).hits[0]?.id;

test.each([
  ['学历公证', 'diploma', '准确的事项名'],
  ['換駕駛證', 'licence', '繁体'],
  ['ＧＪＪ转移 澜州', 'fund-lan', '全角首字母'],
  ['ybzy', 'medical', '首字母，说的是别名'],
  ['jiehun dengji', 'marriage', '全拼'],
  ['hunyin jiehundengj', 'marriage', '没打完的拼音'],
  ['结昏登记', 'marriage', '同音字'],
  ['施业金怎么领', 'unemployed', '同音字加口语'],
  ['身分正补办', 'idcard', '两个错字'],
  ['残急人补贴', 'disabled', '同音字'],
  ['老公户口在外省想迁到我这来', 'spouse', '口语'],
  ['爹妈都没了的娃有没有补助', 'orphan', '口语'],
  ['想开个面馆要办啥手续', 'shop', '口语'],
  ['厂子倒闭了能领几个月钱', 'unemployed', '口语'],
  ['宝宝刚出生怎么上户口', 'birth', '口语'],
  ['社保卡掉了', 'card', '口语'],
  ['养老保险关系转移', 'pension', '没说城乡居民就不先给城乡居民的'],
  ['村里交的养老保险怎么转', 'pension-village', '说了村里'],
  ['驾照到期', 'licence', '没说摩托车就不先给摩托车的'],
])('“%s”先给 %s（%s）', (question, id) => expect(first(question)).toBe(id));

test('两个地方：人在澜州、公积金在安渡，先给安渡的，再给澜州的', () => {
  const { hits, roles } = core.search({ text: '我在澜州上班，怎么转安渡的公积金', limit: 5, day });
  expect(roles).toMatchObject({ person: '930100', handling: '940100' });
  expect(hits.slice(0, 2).map((hit) => hit.id)).toEqual(['fund-an', 'fund-lan']);
});

test('没有本地指南时给最近的，并且说明不是本地的', () => {
  const { hits } = core.search({ text: '朔宁市公积金转移', limit: 5, day });
  expect(hits[0]).toMatchObject({ nearest: true });
  expect(core.search({ text: '澜州公积金转移', limit: 5, day }).hits[0]).toMatchObject({ id: 'fund-lan', nearest: false });
});

test('参数里的地区胜过句子里的地区', () => {
  expect(core.search({ text: '公积金转移', handlingRegion: '940100', limit: 1, day }).hits[0]?.id).toBe('fund-an');
});

test('过期的和还没生效的都查不到', () => {
  const ids = core.search({ text: '结婚登记须知', limit: 20, day }).hits.map((hit) => hit.id);
  expect(ids).toContain('marriage');
  expect(ids).not.toContain('old');
  expect(ids).not.toContain('future');
});

test('高亮是文字片段，拼起来还是原来的名称', () => {
  const hit = core.search({ text: '公积金', limit: 1, day }).hits[0];
  expect(hit?.highlight.segments.map((segment) => segment.text).join('')).toBe(hit?.name);
  expect(hit?.highlight.segments.filter((segment) => segment.hit).map((segment) => segment.text)).toEqual(['住房公积金']);
});

test('改过的指南按新的名称查得到，按旧的查不到；撤下的查不到', () => {
  const own = createSearchCore({ regions, synonyms: defaultSynonyms });
  own.put([aGuide('a', '排污许可'), aGuide('b', '学历公证')]);
  own.settle();
  own.put([aGuide('a', '执业药师注册')]);
  own.remove(['b']);
  expect(own.search({ text: '执业药师', limit: 5, day }).hits.map((hit) => hit.id)).toEqual(['a']);
  expect(own.search({ text: '排污许可', limit: 5, day }).hits).toEqual([]);
  expect(own.search({ text: '学历公证', limit: 5, day }).hits).toEqual([]);
  expect(own.size).toBe(1);
});

test('地区分面按省归并', () => {
  const { facets } = core.search({ text: '公积金转移', limit: 1, day });
  expect(facets.region.map((facet) => facet.label)).toEqual(expect.arrayContaining(['云江省', '海岚省']));
});

test.each([
  ['云南省昆明市呈贡区', '530114'],
  ['四平', '220300'],
  ['新疆博州', '652700'],
  ['吉林', '220000'],
  ['吉林市', '220200'],
  ['930121', '930121'],
  ['澜州青溪', '930121'],
  ['公安机关的资源互助通道', null],
  ['北京路派出所', null],
  ['全国', null],
])('“%s”读作地区 %s', (text, code) => expect(readPlace(regions)(text)).toBe(code));
