/** Short free texts. They speak of reports, places and lines of enquiry; never of a victim by name. */
const reports = [
  'Referral from children\'s services after a strategy meeting.', 'Report from a school through the safeguarding lead.', 'Call from a member of the public.',
  'Disclosure to a support worker.', 'Information from a neighbouring force.', 'Found during another enquiry.', 'Report taken at the front counter.',
  'Raised at the weekly partnership meeting.',
] as const;

const leads = [
  'Messages on a phone to be examined.', 'CCTV from nearby premises asked for.', 'A vehicle is to be traced through ANPR.', 'House-to-house enquiries to be made.',
  'Two witnesses still to be seen.', 'A first account has been taken with an intermediary.', 'Forensic samples have gone to the laboratory.', 'Bank records applied for.',
] as const;

const aims = [
  'Secure digital evidence first.', 'Trace and see the witnesses.', 'Arrest and interview; search under section 18.', 'Early advice from the prosecutor.',
  'Joint visits with social care.', 'Disruption of the premises with the council.', 'Keep the victim informed as the Code asks.',
] as const;

const findings = [
  'Lines of enquiry reasonable and in hand.', 'Suspect strategy to be brought forward.', 'Victim updated; contact plan agreed.', 'Phone examination chased.',
  'File to be ready for the next review.', 'Consider whether the themes are still right.', 'No further work found that would change the outcome.',
] as const;

const grounds = ['Named by a witness who knows them.', 'Named through the registered keeper of a vehicle.', 'Recognised on CCTV by two officers.', 'Named by call data.', 'Named in an account taken on video.'] as const;

const descriptions = ['Male in his twenties, dark hooded top.', 'Male, about forty, local accent, grey van.', 'Two males in a silver hatchback.', 'Known only by a user name.', 'Male, slim, about 1.8 metres.'] as const;

const eliminations = ['Elsewhere at the time; confirmed by employer\'s records.', 'Not recognised by the witness; phone was elsewhere.', 'Forensic results exclude.'] as const;

const closings = ['All lines of enquiry followed; outcome explained to the victim.', 'Reviewed with the supervisor; nothing further to pursue.', 'Case file complete.'] as const;

export const texts = { reports, leads, aims, findings, grounds, descriptions, eliminations, closings } as const;
