import { createAll, Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink } from './govuk-frontend.min.js';
import { DatePicker } from './date-picker.bundle.mjs';
import { keepTyped } from './drafts.mjs';
import { watchLedger } from './live.mjs';
import { watchSession } from './session.mjs';

for (const component of [Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink, DatePicker]) createAll(component);

const dialog = document.querySelector('dialog[data-session-left]');
if (dialog) watchSession(dialog);

const bar = document.querySelector('[data-live-topic]');
if (bar) watchLedger(bar);

const form = document.querySelector('form[data-kept]');
if (form) keepTyped(form);
