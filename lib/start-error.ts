/** A reason not to start. Its message is Chinese and tells the person who starts the program what to do. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
