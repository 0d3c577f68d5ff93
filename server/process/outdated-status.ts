/** The exit status of a process that a newer version's migration has ended: to start the same again is of no use. */
export const outdatedStatus = 3;
