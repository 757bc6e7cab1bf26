/** A file as the API takes it. The type of a form is written by the browser, with its boundary. */
export function fileForm(file: File) {
  const form = new FormData();
  form.append('file', file);
  return { body: form as never, bodySerializer: () => form };
}
