import { onBeforeUnmount, type Ref, ref } from 'vue';

export interface ReadAloud {
  readonly isPossible: boolean;
  readonly isReading: Ref<boolean>;
  toggle(text: string): void;
}

/** The device's own voice; nothing leaves it. */
export const useReadAloud = (): ReadAloud => {
  const isPossible = 'speechSynthesis' in window;
  const isReading = ref(false);
  const stop = (): void => {
    if (isPossible) speechSynthesis.cancel();
    isReading.value = false;
  };
  onBeforeUnmount(stop);
  return {
    isPossible,
    isReading,
    toggle: (text) => {
      if (isReading.value) return stop();
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = 'zh-CN';
      utterance.rate = 0.9;
      utterance.addEventListener('end', () => {
        isReading.value = false;
      });
      speechSynthesis.cancel();
      speechSynthesis.speak(utterance);
      isReading.value = true;
    },
  };
};
