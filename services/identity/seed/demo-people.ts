import type { Role } from '#contracts/vocabulary/roles';
import type { DemoPeople, DemoPerson } from '../use-cases/load-demo';
import { demoUnits } from './demo-units';

export { demoUnits } from './demo-units';

type Line = readonly [loginName: string, name: string, orgId: string, workNo: string, ...roles: Role[]];

/** Every role of rules §2 in 澜州, and in 安渡 enough to try what must not cross a border. All names are invented. */
const lines: readonly Line[] = [
  ['agent1', '林晓岚', 'org-lz-12345', '8001', 'AGENT'],
  ['agent2', '周雨桐', 'org-lz-12345', '8002', 'AGENT'],
  ['agent3', '郑一凡', 'org-lz-12345', '8003', 'AGENT'],
  ['agent4', '苏念慈', 'org-lz-12345', '8004', 'AGENT'],
  ['lead1', '贺知远', 'org-lz-12345', '8100', 'TEAM_LEAD'],
  ['dispatcher1', '沈书屿', 'org-lz-12345', '8201', 'DISPATCHER'],
  ['dispatcher2', '梁以宁', 'org-lz-12345', '8202', 'DISPATCHER'],
  ['reviewer1', '顾明澈', 'org-lz-12345', '8301', 'REVIEWER'],
  ['reviewer2', '罗清越', 'org-lz-12345', '8302', 'REVIEWER'],
  ['callback1', '唐若溪', 'org-lz-12345', '8401', 'CALLBACK_AGENT'],
  ['callback2', '许安然', 'org-lz-12345', '8402', 'CALLBACK_AGENT'],
  ['supervisor1', '秦修远', 'org-lz-12345', '8501', 'RATING_SUPERVISOR'],
  ['supervisor2', '江望舒', 'org-lz-12345', '8502', 'RATING_SUPERVISOR'],
  ['appeal1', '陆景行', 'org-lz-12345', '8601', 'APPEAL_REVIEWER'],
  ['kbeditor1', '叶知秋', 'org-lz-12345', '8701', 'KB_EDITOR'],
  ['kbreviewer1', '方慕白', 'org-lz-12345', '8702', 'KB_REVIEWER'],
  ['auditor1', '严守正', 'org-lz-12345', '8801', 'AUDITOR'],
  ['admin1', '程致和', 'org-lz-12345', '8901', 'ADMIN'],
  ['manager1', '宋启明', 'org-lz', '9001', 'MANAGER'],
  ['manager.hrss', '高建安', 'org-lz-hrss', '0100', 'MANAGER'],
  ['handler.hrss', '丁晓晨', 'org-lz-hrss', '0101', 'HANDLER'],
  ['handler2.hrss', '何芷若', 'org-lz-hrss', '0102', 'HANDLER'],
  ['approver.hrss', '冯立诚', 'org-lz-hrss', '0103', 'ORG_APPROVER'],
  ['clerk.hrss', '白露', 'org-lz-hrss-hall', '0111', 'HANDLER'],
  ['handler.hsa', '韩子墨', 'org-lz-hsa', '0201', 'HANDLER'],
  ['handler2.hsa', '夏晚晴', 'org-lz-hsa', '0202', 'HANDLER'],
  ['approver.hsa', '邓怀瑾', 'org-lz-hsa', '0203', 'ORG_APPROVER'],
  ['handler.police', '马骁', 'org-lz-police', '0301', 'HANDLER'],
  ['handler2.police', '田静姝', 'org-lz-police', '0302', 'HANDLER'],
  ['approver.police', '雷震霆', 'org-lz-police', '0303', 'ORG_APPROVER'],
  ['handler.fund', '袁思齐', 'org-lz-fund', '0401', 'HANDLER'],
  ['handler2.fund', '彭语嫣', 'org-lz-fund', '0402', 'HANDLER'],
  ['approver.fund', '崔元朗', 'org-lz-fund', '0403', 'ORG_APPROVER'],
  ['handler.civil', '潘月明', 'org-lz-civil', '0501', 'HANDLER'],
  ['handler2.civil', '杜若飞', 'org-lz-civil', '0502', 'HANDLER'],
  ['approver.civil', '任景和', 'org-lz-civil', '0503', 'ORG_APPROVER'],
  ['handler.realty', '石磊', 'org-lz-realty', '0601', 'HANDLER'],
  ['handler2.realty', '范知微', 'org-lz-realty', '0602', 'HANDLER'],
  ['approver.realty', '孔昭宁', 'org-lz-realty', '0603', 'ORG_APPROVER'],
  ['handler.amr', '姚望', 'org-lz-amr', '0701', 'HANDLER'],
  ['approver.amr', '邵文渊', 'org-lz-amr', '0703', 'ORG_APPROVER'],
  ['handler.housing', '汪浩然', 'org-lz-housing', '0801', 'HANDLER'],
  ['handler2.housing', '金以恒', 'org-lz-housing', '0802', 'HANDLER'],
  ['approver.housing', '钱叔同', 'org-lz-housing', '0803', 'ORG_APPROVER'],
  ['handler.urban', '孟广宇', 'org-lz-urban', '0901', 'HANDLER'],
  ['handler2.urban', '洪秋实', 'org-lz-urban', '0902', 'HANDLER'],
  ['approver.urban', '熊承志', 'org-lz-urban', '0903', 'ORG_APPROVER'],
  ['handler.donghu', '龙家和', 'org-lz-donghu', '1001', 'HANDLER'],
  ['approver.donghu', '侯嘉树', 'org-lz-donghu', '1003', 'ORG_APPROVER'],
  ['handler.hubin', '史云帆', 'org-lz-donghu-hubin', '1011', 'HANDLER'],
  ['handler.xijin', '毛知夏', 'org-lz-xijin', '1101', 'HANDLER'],
  ['approver.xijin', '万思源', 'org-lz-xijin', '1103', 'ORG_APPROVER'],
  ['handler.qingxi', '段长风', 'org-lz-qingxi', '1201', 'HANDLER'],
  ['approver.qingxi', '贾平川', 'org-lz-qingxi', '1203', 'ORG_APPROVER'],
  ['handler.yunling', '邱远山', 'org-lz-yunling', '1301', 'HANDLER'],
  ['approver.yunling', '江岳峰', 'org-lz-yunling', '1303', 'ORG_APPROVER'],
  ['agent1.ad', '尹海澜', 'org-ad-12345', '8001', 'AGENT'],
  ['dispatcher1.ad', '黎渡舟', 'org-ad-12345', '8201', 'DISPATCHER'],
  ['reviewer1.ad', '常思安', 'org-ad-12345', '8301', 'REVIEWER'],
  ['callback1.ad', '康乐怡', 'org-ad-12345', '8401', 'CALLBACK_AGENT'],
  ['supervisor1.ad', '施行简', 'org-ad-12345', '8501', 'RATING_SUPERVISOR'],
  ['appeal1.ad', '章慕言', 'org-ad-12345', '8601', 'APPEAL_REVIEWER'],
  ['manager1.ad', '安定邦', 'org-ad', '9001', 'MANAGER'],
  ['handler.hrss.ad', '陶以安', 'org-ad-hrss', '0101', 'HANDLER'],
  ['approver.hrss.ad', '俞听澜', 'org-ad-hrss', '0103', 'ORG_APPROVER'],
  ['handler.hsa.ad', '戴望川', 'org-ad-hsa', '0201', 'HANDLER'],
];

/** `handler.hrss` is `stf-handler-hrss`: ids stay readable and hold no dot. */
export const demoStaffId = (loginName: string): string => `stf-${loginName.replaceAll('.', '-')}`;

export const demoStaff: readonly DemoPerson[] = lines.map(([loginName, name, orgId, workNo, ...roles]) => ({
  id: demoStaffId(loginName),
  loginName,
  name,
  orgId,
  workNo,
  roles,
}));

interface TakesDemo {
  loadDemo(demo: DemoPeople): Promise<{ readonly units: number; readonly people: number }>;
}

/** Loads what is missing; running it again changes nothing, and outside demo mode it is refused. */
export const seedDemoPeople = (identity: TakesDemo): Promise<{ readonly units: number; readonly people: number }> =>
  identity.loadDemo({ units: demoUnits, people: demoStaff });
