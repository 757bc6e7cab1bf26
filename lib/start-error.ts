/** A reason not to start. The message is for the person who starts the program: in Chinese, what is wrong, what to do. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
