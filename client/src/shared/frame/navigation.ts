import { inject, type InjectionKey } from 'vue';
import type { Role } from '#contracts/vocabulary/roles';

export interface NavigationLink {
  readonly path: string;
  readonly title: string;
}

/** The pages of a person, in the order of the navigation; the app knows them, the shared frame does not. */
export type Navigation = (roles: readonly Role[]) => readonly NavigationLink[];

export const navigationKey: InjectionKey<Navigation> = Symbol('navigation');

export const useNavigation = (): Navigation => inject(navigationKey, () => []);
