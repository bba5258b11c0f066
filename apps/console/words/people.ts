export const sexWords: Readonly<Record<string, string>> = { 1: 'Male', 2: 'Female', 9: 'Not specified', 0: 'Not known' };

export const notRecordedWords: Readonly<Record<string, string>> = { NOT_ASKED: 'Not asked', REFUSED: 'Refused to say', NOT_KNOWN: 'Not known' };

export const selfDefinedWords: Readonly<Record<string, string>> = {
  W1: 'White: British', W2: 'White: Irish', W3: 'White: Gypsy or Irish Traveller', W9: 'White: other', M1: 'Mixed: White and Black Caribbean',
  M2: 'Mixed: White and Black African', M3: 'Mixed: White and Asian', M9: 'Mixed: other', A1: 'Asian: Indian', A2: 'Asian: Pakistani',
  A3: 'Asian: Bangladeshi', A4: 'Asian: Chinese', A9: 'Asian: other', B1: 'Black: Caribbean', B2: 'Black: African', B9: 'Black: other',
  O1: 'Other code O1', O2: 'Arab', O9: 'Any other ethnic group', NS: 'Not stated',
};

export const officerDefinedWords: Readonly<Record<string, string>> = {
  IC1: 'White, north European', IC2: 'White, south European', IC3: 'Black', IC4: 'South Asian', IC5: 'East or South East Asian', IC6: 'Middle Eastern or Arab', IC9: 'Unknown',
};
