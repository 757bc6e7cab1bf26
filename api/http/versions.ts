/**
 * The version that the caller has read, in `If-Match`. Without the header, or with `*`, any will do. A compressing proxy
 * makes tags weak.
 */
export const versionIn = (header: string | undefined): string | undefined =>
  header === undefined || header.trim() === '*' ? undefined : header.trim().replace(/^W\/|"/g, '');
