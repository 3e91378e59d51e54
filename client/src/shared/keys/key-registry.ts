import { inject, type InjectionKey, onScopeDispose, type Ref, shallowRef } from 'vue';

export interface KeyBinding {
  /** Such as `F2`, `/`, `Alt+J`, `Ctrl+Enter`, `Enter`, `1`. Several keys may do the same. */
  readonly keys: readonly string[];
  /** What it does, in the bar and in the overview. */
  readonly label: string;
  readonly run: (key: string) => void;
  /** False: the key does nothing and stays free for others. */
  readonly when?: () => boolean;
  /** Enter, digits and other bare keys act only while the focus is in here. */
  readonly within?: () => HTMLElement | null | undefined;
  /** Printed in the bar at the foot; how it is written there if not as `keys`. */
  readonly inBar?: boolean;
  readonly printed?: readonly string[];
}

export interface KeyRegistry {
  readonly bindings: Readonly<Ref<readonly KeyBinding[]>>;
  add(bindings: readonly KeyBinding[]): () => void;
  handle(event: KeyboardEvent): void;
}

/** The name of a pressed key, `Ctrl+Enter`; the Command key of a Mac counts as Ctrl. */
export const chordOf = (event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string => {
  // Alt makes other characters of letters on some layouts; the position on the keyboard stays.
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  const key = modified && letter !== undefined ? letter : event.key.length === 1 && modified ? event.key.toUpperCase() : event.key;
  return [event.ctrlKey || event.metaKey ? 'Ctrl+' : '', event.altKey ? 'Alt+' : '', event.shiftKey && modified ? 'Shift+' : '', key].join('');
};

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)));

/** Function keys and chords work everywhere; a bare key would be a typed character. */
const isBare = (chord: string): boolean => !/^F\d+$/.test(chord) && !chord.includes('Ctrl+') && !chord.includes('Alt+') && chord !== 'Escape';

/** Enter and Space on a focused button or link are that control's own. */
const isOwnOfControl = (chord: string, target: EventTarget | null): boolean =>
  (chord === 'Enter' || chord === ' ') && target instanceof HTMLElement && target.closest('button, a, summary, [role="option"], [role="menuitem"]') !== null;

export const createKeyRegistry = (): KeyRegistry => {
  const bindings = shallowRef<readonly KeyBinding[]>([]);

  const fits = (binding: KeyBinding, chord: string, target: EventTarget | null): boolean => {
    if (!binding.keys.includes(chord) || binding.when?.() === false) return false;
    if (isBare(chord) && (inField(target) || isOwnOfControl(chord, target))) return false;
    const scope = binding.within;
    if (scope === undefined) return true;
    const element = scope();
    return element instanceof HTMLElement && target instanceof Node && element.contains(target);
  };

  return {
    bindings,
    add: (added) => {
      bindings.value = [...bindings.value, ...added];
      return () => {
        bindings.value = bindings.value.filter((binding) => !added.includes(binding));
      };
    },
    handle: (event) => {
      // While an input method is composing, keys belong to it (229 is how older ones say so).
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
      const chord = chordOf(event);
      // The innermost, that is the latest, binding wins.
      const found = bindings.value.findLast((binding) => fits(binding, chord, event.target));
      if (found === undefined) return;
      event.preventDefault();
      found.run(chord);
    },
  };
};

export const keysKey: InjectionKey<KeyRegistry> = Symbol('keys');

export const useKeyRegistry = (): KeyRegistry => inject(keysKey, createKeyRegistry, true);

/** Binds keys for as long as the component lives. */
export const useKeys = (bindings: readonly KeyBinding[]): void => onScopeDispose(useKeyRegistry().add(bindings));
