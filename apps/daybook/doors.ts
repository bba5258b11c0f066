import { apiDoors } from '../api';
import { consoleDoors } from '../console';
import { DoorTable } from '../guard';

/** Who may come in at each address of the program. An address that is not here does not start. */
export const doors = new DoorTable([
  ...apiDoors,
  ...consoleDoors,
  { route: 'GET /health/live', asks: 'NOBODY' },
  { route: 'GET /health/ready', asks: 'NOBODY' },
]);
