import type { ServiceItem } from '../contracts';
import type { SearchDocument } from '../search/search-document';
import type { PublishedGuide } from '../store/knowledge-store';
import { fullText } from './guide-text';

export const documentOf = ({ guide, version }: PublishedGuide, item: ServiceItem | undefined): SearchDocument => ({
  id: guide.id,
  externalId: guide.externalId,
  itemId: guide.itemId,
  version: version.version,
  kind: version.content.kind,
  name: version.content.name,
  keywords: item === undefined ? [] : [...new Set([item.name, ...item.aliases])].filter((name) => name !== version.content.name),
  category: version.content.category ?? item?.category ?? null,
  department: version.head.department,
  regionCode: version.head.regionCode,
  regionName: version.head.regionName,
  mode: version.content.crossProvince?.mode ?? null,
  validFrom: version.head.validFrom,
  validUntil: version.head.validUntil,
  demo: version.head.demo,
  text: fullText(version.content),
});
