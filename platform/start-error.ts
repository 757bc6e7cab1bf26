/** The start stops here. The message is one line in Chinese for the person who started it: what is wrong, what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
