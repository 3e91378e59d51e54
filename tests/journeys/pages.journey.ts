import type { Stage } from './support';

export const name = '公众页面与登录页打得开、读得懂、无严重无障碍问题';

const pages = ['/', '/progress', '/sign-in'] as const;

const sizes = [
  { width: 1366, height: 768 },
  { width: 360, height: 740 },
] as const;

export const run = async ({ visit, checkAccessibility, expect }: Stage): Promise<void> => {
  for (const path of pages) {
    for (const viewport of sizes) {
      const page = await visit(path, { viewport });
      await page.getByRole('heading').first().waitFor();
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      expect({ path, width: viewport.width, overflow: Math.max(0, overflow) }).toEqual({ path, width: viewport.width, overflow: 0 });
      await checkAccessibility(page, `${path} at ${viewport.width}`);
      await page.context().close();
    }
  }
};
