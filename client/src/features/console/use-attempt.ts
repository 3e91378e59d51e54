import { ref, shallowRef } from 'vue';
import { type ApiProblem, asProblem } from '../../shared/api/problem';

/** One deed at a time, and what became of it in words. */
export const useAttempt = () => {
  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  const done = ref<string | null>(null);

  const attempt = async (act: () => Promise<void>): Promise<void> => {
    busy.value = true;
    problem.value = null;
    try {
      await act();
    } catch (error) {
      problem.value = asProblem(error);
    } finally {
      busy.value = false;
    }
  };
  const clear = (): void => {
    problem.value = null;
    done.value = null;
  };
  return { busy, problem, done, attempt, clear };
};

export type Attempt = ReturnType<typeof useAttempt>;
