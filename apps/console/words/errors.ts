interface ErrorWords {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What each error page says, by HTTP status. */
const errorWords: Readonly<Record<number, ErrorWords>> = {
  400: { title: 'The address or form could not be read', lines: ['Nothing was recorded.', 'Go back, check what you entered, and try again.'] },
  403: { title: 'You may not do this from here', lines: ['Nothing was recorded.', 'The form did not come from a page of this program. Open the page again and fill in the form there.'] },
  404: { title: 'Page not found', lines: ['If you typed the address, check that it is right.', 'If you came by a link, the record may not exist, or not yet at the date you are looking at.'] },
  409: { title: 'Someone else recorded something at the same time', lines: ['Nothing was recorded.', 'Open the record again to see what changed, then record your entry.'] },
  413: { title: 'That is too much for one form', lines: ['Nothing was recorded.', 'Shorten the text and try again.'] },
  421: { title: 'This program does not answer under that name', lines: ['Use the address that the program printed when it started.'] },
  422: { title: 'A rule refuses this', lines: ['Nothing was recorded.'] },
  429: { title: 'Too many requests', lines: ['You, or a program that works for you, asked for more in a minute than we answer.', 'Nothing was recorded. Wait a minute, then try again.'] },
  500: { title: 'Sorry, there is a problem', lines: ['What you were doing may not have been recorded. Look at the record before you try again.', 'The log names the fault by the number below.'] },
  503: { title: 'The ledger cannot answer now', lines: ['If you were recording something, send the same form again in a minute: it is recorded once, however often it is sent.'] },
};

export const errorWordsOf = (status: number): ErrorWords => errorWords[status] ?? errorWords[status < 500 ? 400 : 500]!;
