/** What one process does of the program: everything, the JSON door, the pages, or what the program does by itself. */
export type Part = 'all' | 'api' | 'console' | 'worker';

/** Parts that run as processes of their own, over one log. */
export const parts = ['api', 'console', 'worker'] as const satisfies readonly Part[];

export const hasApi = (part: Part): boolean => part === 'all' || part === 'api';
export const hasPages = (part: Part): boolean => part === 'all' || part === 'console';
export const doesDueWork = (part: Part): boolean => part === 'all' || part === 'worker';
