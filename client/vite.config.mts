import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** One line per page: the file, and the addresses under which the server answers with it. */
const entries: Readonly<Record<string, readonly RegExp[]>> = {
  'console.html': [/^\/(console|desk|dispatch|review|callback|manage|supervise|knowledge|tickets|rectifications|admin|sign-in)(\/|$)/],
  'index.html': [/^\/$/],
  'progress.html': [/^\/progress(\/|$)/],
  'wallboard.html': [/^\/wallboard(\/|$)/],
};

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const present = Object.keys(entries).filter((file) => existsSync(here(file)));

/** Gives the development server the same addresses as the real one. */
const pageAddresses = (): Plugin => ({
  name: 'huiyin:page-addresses',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const file = present.find((name) => entries[name]?.some((pattern) => pattern.test(path)));
      if (file !== undefined) request.url = `/${file}`;
      next();
    });
  },
});

const backend = process.env['HUIYIN_BACKEND'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: here('.'),
  cacheDir: here('../node_modules/.vite'),
  plugins: [vue(), components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }), pageAddresses()],
  // `source` lets `#contracts/*` and `#knowledge-base/contracts` point at TypeScript.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy knows no `data:` scripts, and small files are cached as well as large ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: Object.fromEntries(present.map((file) => [file.replace('.html', ''), here(file)])) },
  },
  server: {
    port: 5173,
    // The server refuses writes whose Origin is not the host that was asked, so the host is passed on as it is.
    proxy: Object.fromEntries(
      ['/api', '/rate', '/r/', '/socket.io'].map((path) => [path, { target: backend, changeOrigin: false, ws: path === '/socket.io' }]),
    ),
  },
});
