import { localeContextKey } from 'element-plus';
import zhCn from 'element-plus/es/locale/lang/zh-cn';
import { createPinia } from 'pinia';
import { createApp, ref } from 'vue';
import { z } from 'zod';
import { apiKey, createApi } from '../shared/api/client';
import { clockKey, createClock } from '../shared/formatting/clock';
import { createWorkingDays, workingDaysKey } from '../shared/formatting/working-days';
import { createKeyRegistry, keysKey } from '../shared/keys/key-registry';
import { navigationKey } from '../shared/frame/navigation';
import { createPlaceNames, placeNamesKey } from '../shared/places/place-names';
import { openLine } from '../shared/realtime/open-line';
import { createRealtime, realtimeKey } from '../shared/realtime/realtime';
import '../shared/styles/tokens.css';
import '../shared/styles/staff-tokens.css';
import '../shared/styles/base.css';
import '../shared/styles/layout.css';
import '../shared/styles/controls.css';
import '../shared/styles/element-theme.css';
import App from './App.vue';
import { pagesFor } from './pages';
import { createStaffRouter } from './router';
import { useSession } from '../shared/session/session-store';

// zod compiles its checks with `new Function` where it may; our content security policy says that it may not.
z.config({ jitless: true });

const app = createApp(App);
app.use(createPinia());

const session = useSession();
const clock = createClock();
const api = createApi({
  fetch: window.fetch.bind(window),
  csrfToken: () => session.csrfToken,
  onSignedOut: () => session.expire(),
  onServerTime: (at) => clock.learn(at),
});
const keys = createKeyRegistry();
window.addEventListener('keydown', (event) => keys.handle(event));

app.provide(localeContextKey, ref(zhCn));
app.provide(apiKey, api);
app.provide(clockKey, clock);
app.provide(workingDaysKey, createWorkingDays(api));
app.provide(placeNamesKey, createPlaceNames(api));
app.provide(keysKey, keys);
app.provide(realtimeKey, createRealtime({ line: openLine(), api }));
app.provide(navigationKey, pagesFor);
app.use(createStaffRouter(api));
app.mount('#app');
