import { type Arrangement, nationwide, type SpecialDay } from '../domain/arrangement';
import { toDay, toDayNo } from '../domain/days';

type Stretch = readonly [first: string, last: string, label: string];

interface Notice {
  readonly year: number;
  readonly off: readonly Stretch[];
  readonly worked: readonly (readonly [day: string, label: string])[];
}

/** rules §10: the notices of the General Office of the State Council, as published. */
const notices: readonly Notice[] = [
  {
    year: 2024,
    off: [
      ['01-01', '01-01', '元旦'],
      ['02-10', '02-17', '春节'],
      ['04-04', '04-06', '清明节'],
      ['05-01', '05-05', '劳动节'],
      ['06-10', '06-10', '端午节'],
      ['09-15', '09-17', '中秋节'],
      ['10-01', '10-07', '国庆节'],
    ],
    worked: [
      ['02-04', '春节'],
      ['02-18', '春节'],
      ['04-07', '清明节'],
      ['04-28', '劳动节'],
      ['05-11', '劳动节'],
      ['09-14', '中秋节'],
      ['09-29', '国庆节'],
      ['10-12', '国庆节'],
    ],
  },
  {
    year: 2025,
    off: [
      ['01-01', '01-01', '元旦'],
      ['01-28', '02-04', '春节'],
      ['04-04', '04-06', '清明节'],
      ['05-01', '05-05', '劳动节'],
      ['05-31', '06-02', '端午节'],
      ['10-01', '10-08', '国庆节、中秋节'],
    ],
    worked: [
      ['01-26', '春节'],
      ['02-08', '春节'],
      ['04-27', '劳动节'],
      ['09-28', '国庆节、中秋节'],
      ['10-11', '国庆节、中秋节'],
    ],
  },
  {
    year: 2026,
    off: [
      ['01-01', '01-03', '元旦'],
      ['02-15', '02-23', '春节'],
      ['04-04', '04-06', '清明节'],
      ['05-01', '05-05', '劳动节'],
      ['06-19', '06-21', '端午节'],
      ['09-25', '09-27', '中秋节'],
      ['10-01', '10-07', '国庆节'],
    ],
    worked: [
      ['01-04', '元旦'],
      ['02-14', '春节'],
      ['02-28', '春节'],
      ['05-09', '劳动节'],
      ['09-20', '国庆节'],
      ['10-10', '国庆节'],
    ],
  },
];

const daysOf = (notice: Notice): readonly SpecialDay[] => [
  ...notice.off.flatMap(([first, last, label]) => {
    const from = toDayNo(`${notice.year}-${first}`);
    const to = toDayNo(`${notice.year}-${last}`);
    return Array.from({ length: to - from + 1 }, (_, index): SpecialDay => ({ date: toDay(from + index), kind: 'HOLIDAY', label }));
  }),
  ...notice.worked.map(([day, label]): SpecialDay => ({ date: `${notice.year}-${day}`, kind: 'MAKEUP', label })),
];

/** What a fresh installation starts from; later years are imported. */
export const shippedArrangements: readonly Arrangement[] = notices.map((notice) => ({
  year: notice.year,
  region: nationwide,
  source: `国务院办公厅关于${notice.year}年部分节假日安排的通知`,
  days: daysOf(notice),
}));
