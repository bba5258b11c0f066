// Toy read models that know nothing of the trade, in plain JavaScript so that threads and child processes of tests can load them as they are.

const parcelTable = {
  name: 'parcel',
  columns: { parcel: 'TEXT NOT NULL', status: 'TEXT NOT NULL', place: 'TEXT', moves: 'INTEGER NOT NULL', last: 'INTEGER NOT NULL' },
  key: ['parcel'],
  indexes: ['(place, status)'],
};
const visitTable = {
  name: 'visit',
  columns: { parcel: 'TEXT NOT NULL', number: 'INTEGER NOT NULL', place: 'TEXT NOT NULL', until: 'INTEGER' },
  key: ['parcel', 'number'],
};

const arrive = (state, place, number) => {
  const patches = state.visit ? [{ table: 'visit', set: { ...state.visit, until: number } }] : [];
  state.visit = { parcel: state.row.parcel, number, place, until: null };
  state.row = { ...state.row, status: 'sent', place, moves: state.row.moves + 1, last: number };
  return [...patches, { table: 'visit', set: state.visit }, { table: 'parcel', set: state.row }];
};

const step = (state, { type, data, number }) => {
  switch (type) {
    case 'ParcelSent':
    case 'ParcelMoved':
      return arrive(state, data.place.toUpperCase(), number);
    case 'ParcelLost': {
      const { visit } = state;
      state.visit = undefined;
      state.row = { ...state.row, status: 'lost', place: null, last: number };
      return [{ table: 'parcel', set: state.row }, ...(visit ? [{ table: 'visit', unset: visit }] : [])];
    }
    case 'ParcelPraised':
      state.row = { ...state.row, last: number };
      return [{ table: 'parcel', set: state.row }];
    default:
      throw new TypeError(`cannot apply ${JSON.stringify(data)}`);
  }
};

/** Where each parcel is and where it has been. */
const parcels = {
  name: 'parcels',
  version: 1,
  category: 'parcel',
  types: ['ParcelSent', 'ParcelMoved', 'ParcelLost'],
  tables: [parcelTable, visitTable],
  open: (stream) => ({ row: { parcel: stream.slice('parcel-'.length), status: 'sent', place: null, moves: 0, last: -1 }, visit: undefined }),
  apply: step,
};

/** How many events each parcel has: reads nothing of them, so that only unreadable ones stop it. */
const lengths = {
  name: 'lengths',
  version: 1,
  category: 'parcel',
  tables: [{ name: 'parcel_length', columns: { parcel: 'TEXT NOT NULL', events: 'INTEGER NOT NULL' }, key: ['parcel'] }],
  open: (stream) => ({ parcel: stream, events: 0 }),
  apply: (state) => {
    state.events++;
    return [{ table: 'parcel_length', set: { ...state } }];
  },
};

/** The same read models in a program that knows one type more. */
const learned = [{ ...parcels, types: [...parcels.types, 'ParcelPraised'] }, lengths];

module.exports = { parcels, lengths, toys: [parcels, lengths], learned };
