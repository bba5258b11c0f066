import { createAll, Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink } from './govuk-frontend.min.js';
import { DatePicker } from './date-picker.bundle.mjs';

for (const component of [Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink, DatePicker]) createAll(component);
