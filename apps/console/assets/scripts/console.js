import { createAll, Button, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink } from './govuk-frontend.min.js';
import { DatePicker } from './date-picker.bundle.mjs';

for (const component of [Button, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, DatePicker]) createAll(component);
