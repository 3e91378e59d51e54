import { type CrossProvinceMode, type GuideContent, type GuideHead } from '../../contracts';
import { feeText, limitsText } from '../guide-text';

export interface Spoken {
  readonly itemName: string;
  readonly fromName: string | null;
  readonly toName: string | null;
  readonly mode: CrossProvinceMode | null;
  readonly decides: string;
  readonly guide: { readonly head: GuideHead; readonly content: GuideContent; readonly version: number } | null;
  readonly hotline: string | null;
}

const howOf: Readonly<Record<CrossProvinceMode, (from: string, decides: string) => string>> = {
  FULL_ONLINE: (from, decides) => `可以全程网上办，您在${from}就能提交，由${decides}审核决定，不用跑一趟`,
  REMOTE_COLLECT: (from, decides) => `可以异地代收代办，您在${from}的窗口交材料，由${decides}审核决定，不用回去`,
  MULTI_JOINT: (from, decides) => `可以两地联办，您在${from}申请一次，由${decides}与当地协同办理`,
};

const plainDay = (day: string): string => {
  const [year, month, date] = day.split('-');
  return `${year} 年 ${Number(month)} 月 ${Number(date)} 日`;
};

const materialsOf = (content: GuideContent): string => {
  const names = content.materials.filter((material) => !material.shared && material.required).map((material) => material.name);
  if (names.length > 0) return `请准备${names.slice(0, 4).join('、')}${names.length > 4 ? `等 ${names.length} 样` : ''}`;
  return content.narrative?.materials == null
    ? '材料以指南所列为准'
    : `请准备${content.narrative.materials
        .trim()
        .replace(/[。；]$/, '')
        .slice(0, 80)}`;
};

/** Two sentences an agent reads aloud: how it goes, then what to bring, how long and on what ground. */
export const speak = ({ itemName, fromName, toName, mode, decides, guide, hotline }: Spoken): [string, string] => {
  const from = fromName ?? '当地';
  if (guide === null) {
    const where = toName ?? '办理地';
    return [
      `${itemName}由${where}办理，具体要求以办理地公布为准。`,
      hotline === null ? `请您告诉我事情归哪个市管，我再为您查那边的电话。` : `您可以拨打${where}的 ${hotline} 核实，也可以由我为您转接。`,
    ];
  }
  const how = mode === null ? `由${decides}办理` : howOf[mode](from, decides);
  const limit = limitsText(guide.content);
  const facts = [
    materialsOf(guide.content),
    limit === null ? '' : `${limit.replaceAll(' ', '')}办结`.replace('。办结', ''),
    feeText(guide.content)?.replace(/。$/, '') ?? '',
  ].filter((part) => part !== '');
  const until = guide.head.validUntil === null ? '现行有效' : `有效到 ${plainDay(guide.head.validUntil)}`;
  return [`${itemName}${how}。`, `${facts.join('，')}；依据${guide.head.regionName}指南第 ${guide.version} 版，${until}。`];
};
