import { nextTick, onBeforeUnmount, onMounted, type Ref, ref } from 'vue';

const current = (): string => decodeURIComponent(location.hash.replace(/^#\/?/, ''));

/** The part of the address behind `#/`; every view has an address, so the back key of the phone works. */
export const useHashRoute = (): Ref<string> => {
  const route = ref(current());
  const follow = (): void => {
    // A plain anchor such as the skip link is not a view.
    if (location.hash !== '' && !location.hash.startsWith('#/')) return;
    if (route.value === current()) return;
    route.value = current();
    window.scrollTo({ top: 0, behavior: 'instant' });
    // A screen reader must learn that the page has changed.
    void nextTick(() => document.querySelector<HTMLElement>('main h1')?.focus());
  };
  onMounted(() => window.addEventListener('hashchange', follow));
  onBeforeUnmount(() => window.removeEventListener('hashchange', follow));
  return route;
};
