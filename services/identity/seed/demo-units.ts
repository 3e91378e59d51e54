import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import type { DemoUnit } from '../use-cases/load-demo';

type Line = readonly [
  id: string,
  parentId: string | null,
  name: string,
  shortName: string,
  deptCode: string | null,
  regionCode: string,
  kind: OrganizationKind,
];

/** Invented provinces 93 and 94; the credit codes belong to nobody, but their check characters are right. */
const lines: readonly Line[] = [
  ['org-yj', null, '云江省人民政府', '云江省政府', '11930000MB10000101', '930000', 'GOVERNMENT'],
  ['org-lz', 'org-yj', '澜州市人民政府', '澜州市政府', '11930100MB2000012J', '930100', 'GOVERNMENT'],
  ['org-lz-12345', 'org-lz', '澜州市12345政务服务便民热线中心', '市热线中心', '11930100MB2000020D', '930100', 'HOTLINE_CENTER'],
  ['org-lz-hrss', 'org-lz', '澜州市人力资源和社会保障局', '市人社局', '11930100MB2000039A', '930100', 'GOVERNMENT_DEPARTMENT'],
  ['org-lz-hrss-hall', 'org-lz-hrss', '澜州市社会保险经办大厅', '社保大厅', null, '930100', 'HALL'],
  ['org-lz-hsa', 'org-lz', '澜州市医疗保障局', '市医保局', '11930100MB20000475', '930100', 'GOVERNMENT_DEPARTMENT'],
  ['org-lz-police', 'org-lz', '澜州市公安局', '市公安局', '11930100MB20000550', '930100', 'GOVERNMENT_DEPARTMENT'],
  ['org-lz-fund', 'org-lz', '澜州市住房公积金管理中心', '市公积金中心', '11930100MB2000063T', '930100', 'PUBLIC_SERVICE'],
  ['org-lz-civil', 'org-lz', '澜州市民政局', '市民政局', '11930100MB2000071M', '930100', 'GOVERNMENT_DEPARTMENT'],
  ['org-lz-nrp', 'org-lz', '澜州市自然资源和规划局', '市资规局', '11930100MB200008XD', '930100', 'GOVERNMENT_DEPARTMENT'],
  ['org-lz-realty', 'org-lz-nrp', '澜州市不动产登记中心', '不动产登记中心', '11930100MB2000098D', '930100', 'PUBLIC_SERVICE'],
  ['org-lz-amr', 'org-lz', '澜州市市场监督管理局', '市市监局', '11930100MB20001001', '930100', 'GOVERNMENT_DEPARTMENT'],
  ['org-lz-housing', 'org-lz', '澜州市住房和城乡建设局', '市住建局', '11930100MB2000119X', '930100', 'GOVERNMENT_DEPARTMENT'],
  ['org-lz-urban', 'org-lz', '澜州市城市管理局', '市城管局', '11930100MB2000127Q', '930100', 'GOVERNMENT_DEPARTMENT'],
  ['org-lz-donghu', 'org-lz', '东湖区人民政府', '东湖区', '11930100MB2000135K', '930102', 'GOVERNMENT'],
  ['org-lz-donghu-hubin', 'org-lz-donghu', '东湖区湖滨街道办事处', '湖滨街道', null, '930102', 'STREET'],
  ['org-lz-xijin', 'org-lz', '西津区人民政府', '西津区', '11930100MB2000143E', '930103', 'GOVERNMENT'],
  ['org-lz-xijin-jinmen', 'org-lz-xijin', '西津区津门街道办事处', '津门街道', null, '930103', 'STREET'],
  ['org-lz-qingxi', 'org-lz', '青溪县人民政府', '青溪县', '11930100MB20001519', '930121', 'GOVERNMENT'],
  ['org-lz-qingxi-chengguan', 'org-lz-qingxi', '青溪县城关镇人民政府', '城关镇', null, '930121', 'STREET'],
  ['org-lz-yunling', 'org-lz', '云岭县人民政府', '云岭县', '11930100MB200016X1', '930122', 'GOVERNMENT'],
  ['org-lz-yunling-yunfeng', 'org-lz-yunling', '云岭县云峰镇人民政府', '云峰镇', null, '930122', 'STREET'],
  ['org-hl', null, '海岚省人民政府', '海岚省政府', '11940000MB3000014X', '940000', 'GOVERNMENT'],
  ['org-ad', 'org-hl', '安渡市人民政府', '安渡市政府', '11940100MB4000016F', '940100', 'GOVERNMENT'],
  ['org-ad-12345', 'org-ad', '安渡市12345政务服务便民热线中心', '市热线中心', '11940100MB4000024A', '940100', 'HOTLINE_CENTER'],
  ['org-ad-hrss', 'org-ad', '安渡市人力资源和社会保障局', '市人社局', '11940100MB40000325', '940100', 'GOVERNMENT_DEPARTMENT'],
  ['org-ad-hsa', 'org-ad', '安渡市医疗保障局', '市医保局', '11940100MB40000400', '940100', 'GOVERNMENT_DEPARTMENT'],
  ['org-ad-police', 'org-ad', '安渡市公安局', '市公安局', '11940100MB4000059W', '940100', 'GOVERNMENT_DEPARTMENT'],
  ['org-ad-housing', 'org-ad', '安渡市住房和城乡建设局', '市住建局', '11940100MB4000067P', '940100', 'GOVERNMENT_DEPARTMENT'],
];

export const demoUnits: readonly DemoUnit[] = lines.map(([id, parentId, name, shortName, deptCode, regionCode, kind]) => ({
  id,
  parentId,
  name,
  shortName,
  deptCode,
  regionCode,
  kind,
  phone: null,
}));
