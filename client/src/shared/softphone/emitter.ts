/** Listeners by event name; what every phone offers to the page around it. */
export interface Emitter<Events> {
  on<E extends keyof Events>(event: E, listener: (value: Events[E]) => void): () => void;
  emit<E extends keyof Events>(event: E, value: Events[E]): void;
  clear(): void;
}

export const createEmitter = <Events>(): Emitter<Events> => {
  const listeners = new Map<keyof Events, Set<(value: never) => void>>();
  return {
    on: (event, listener) => {
      const known = listeners.get(event) ?? new Set();
      known.add(listener);
      listeners.set(event, known);
      return () => void known.delete(listener);
    },
    emit: (event, value) => {
      for (const listener of listeners.get(event) ?? []) (listener as (given: typeof value) => void)(value);
    },
    clear: () => listeners.clear(),
  };
};
