import type { Projection } from '#platform/read-store';

export declare const parcels: Projection;
export declare const lengths: Projection;
export declare const toys: readonly Projection[];
export declare const learned: readonly Projection[];
