import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { admissionOf } from './admission';

/** Gives a route's method the admission of its request. */
export const Admitted = createParamDecorator((_: unknown, context: ExecutionContext) => admissionOf(context.switchToHttp().getRequest<object>()));
